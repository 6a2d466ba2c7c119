package lethe.device.store;

import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;

/** A ledger that lives as long as the process: for load generators, which need no custody. */
public final class MemoryLedger implements Ledger {
    private final List<Opaque> recovered;
    private int size;

    public MemoryLedger() {
        this(List.of());
    }

    /** As if it had been opened with these records in it. */
    public MemoryLedger(List<Opaque> records) {
        recovered = List.copyOf(records);
        size = recovered.size();
    }

    @Override
    public List<Opaque> recovered() {
        return recovered;
    }

    @Override
    public void append(List<Opaque> batch) {
        size += batch.size();
    }

    @Override
    public void appendLazily(List<Opaque> batch) {
        append(batch);
    }

    @Override
    public void replace(List<Opaque> records) {
        size = new ArrayList<>(records).size();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {}
}
