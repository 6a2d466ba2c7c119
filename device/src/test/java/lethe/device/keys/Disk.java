package lethe.device.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.store.Ledger;
import lethe.device.store.MemorySlot;
import lethe.device.store.Slot;

/** What survives a phone's death: a slot, a ledger, and how many writes there still are before it dies. */
public final class Disk {
    private final Slot content = new MemorySlot();
    private final List<Opaque> records = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;
    private boolean lastCounts;

    /** The phone dies at one of the next writes; that one is on the disk, or it is not. */
    void dieAfter(int writes, boolean theLastCounts) {
        writesLeft = writes;
        lastCounts = theLastCounts;
    }

    void live() {
        writesLeft = Integer.MAX_VALUE;
    }

    /** One write, at once or not at all. */
    void write(Runnable change) {
        if (writesLeft-- > 0) {
            change.run();
            return;
        }
        if (lastCounts) {
            change.run();
        }
        throw new Died();
    }

    public KeptPrekeys open() {
        return KeptPrekeys.open(slot(), ledger());
    }

    Slot slot() {
        return new Slot() {
            @Override
            public Optional<Opaque> read() {
                return content.read();
            }

            @Override
            public void write(Opaque replacement) {
                Disk.this.write(() -> content.write(replacement));
            }

            @Override
            public void delete() {
                Disk.this.write(content::delete);
            }
        };
    }

    /** What is on the disk of it. */
    List<Opaque> records() {
        return records;
    }

    Ledger ledger() {
        List<Opaque> recovered = List.copyOf(records);
        return new Ledger() {
            @Override
            public List<Opaque> recovered() {
                return recovered;
            }

            @Override
            public void append(List<Opaque> batch) {
                write(() -> records.addAll(batch));
            }

            @Override
            public void appendLazily(List<Opaque> batch) {
                append(batch);
            }

            @Override
            public void replace(List<Opaque> replacement) {
                write(() -> {
                    records.clear();
                    records.addAll(replacement);
                });
            }

            @Override
            public int size() {
                return records.size();
            }

            @Override
            public void close() {}
        };
    }

    /** The phone's process is gone. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
