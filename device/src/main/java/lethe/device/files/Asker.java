package lethe.device.files;

import java.time.Instant;
import java.util.BitSet;
import lethe.seal.content.Wanted;

/** A device that asks for a file, and what it is still to get. */
final class Asker {
    private final Peer peer;
    private final BitSet pending = new BitSet();
    private long left;
    private Instant free = Instant.MIN;
    private int apart;
    private boolean taken;

    /**
     * Nothing is asked yet.
     *
     * @param budget chunks that it gets in all
     */
    Asker(Peer peer, long budget) {
        this.peer = peer;
        this.left = budget;
    }

    Peer peer() {
        return peer;
    }

    /** Whether it asked for something that it may have. */
    boolean ask(Wanted.Chunks chunks, int inFile, int window) {
        apart = chunks.apart();
        int room = (int) Math.min(left, window) - pending.cardinality();
        for (Wanted.Span span : chunks.spans()) {
            for (int number = pending.nextClearBit(span.first());
                    number < Math.min(span.end(), inFile) && room > 0;
                    number = pending.nextClearBit(number + 1)) {
                pending.set(number);
                room--;
            }
        }
        return !pending.isEmpty();
    }

    void rest() {
        pending.clear();
    }

    /** Whether it has said that it has everything, for the first time. */
    boolean take() {
        boolean first = !taken;
        taken = true;
        pending.clear();
        return first;
    }

    boolean isWaiting() {
        return !pending.isEmpty();
    }

    /** When it wants its next chunk. */
    Instant free() {
        return free;
    }

    /** The number of its next chunk, which it has got then. */
    int next(Instant now) {
        int number = pending.nextSetBit(0);
        pending.clear(number);
        left--;
        free = now.plusMillis(apart);
        return number;
    }
}
