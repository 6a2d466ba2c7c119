package lethe.loadtest.seizure;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What was tried as a key, in vain. Most of what looks like a key in a memory or on a disk is there the next time as
 * well.
 *
 * <p>Knows 64 bits of each; of ten million, the chance that two have the same is less than one in a hundred thousand.
 */
final class Tried {
    private static final int FIRST_ROOM = 1 << 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** Open addressing; 0 is a free place. Never more than half full. */
    private long[] places = new long[FIRST_ROOM];

    private int size;

    boolean contains(byte[] candidate) {
        return places[place(hash(candidate))] != 0;
    }

    /** Once more makes no difference. */
    void add(byte[] candidate) {
        if (2 * size >= places.length) {
            makeRoom();
        }
        long hash = hash(candidate);
        int place = place(hash);
        size += places[place] == 0 ? 1 : 0;
        places[place] = hash;
    }

    /** Where it is, or would be. */
    private int place(long hash) {
        int place = (int) (hash >>> 32) & (places.length - 1);
        while (places[place] != 0 && places[place] != hash) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private void makeRoom() {
        long[] all = places;
        places = new long[2 * all.length];
        Arrays.stream(all).filter(hash -> hash != 0).forEach(hash -> places[place(hash)] = hash);
    }

    private static long hash(byte[] candidate) {
        ByteBuffer words = ByteBuffer.wrap(candidate);
        long hash = 1;
        while (words.remaining() >= Long.BYTES) {
            hash = (hash ^ words.getLong()) * MIX;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }
}
