package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Every place in a stream of bytes where a key could be: 32 aligned bytes with 26 different ones or more among them. Of
 * 32 random bytes one in two hundred has fewer; nearly all that is not random has.
 */
final class Candidates {
    private static final int CHUNK = 1 << 20;
    private static final int LEAST_DIFFERENT = 26;

    private final int[] counts = new int[1 << Byte.SIZE];
    private int different;

    private final int step;

    private Candidates(int step) {
        this.step = step;
    }

    /**
     * Shows each of them; the array is another one each time.
     *
     * @param step of which their offsets are multiples: a divisor of 32
     */
    static void in(InputStream stream, int step, Consumer<byte[]> each) throws IOException {
        byte[] piece = new byte[SealedPayload.KEY + CHUNK];
        int kept = 0;
        for (int read = stream.readNBytes(piece, 0, CHUNK); read > 0; read = stream.readNBytes(piece, kept, CHUNK)) {
            int filled = kept + read;
            new Candidates(step).scan(piece, filled, each);
            int from = Math.max(0, filled - filled % step - (SealedPayload.KEY - step));
            kept = filled - from;
            System.arraycopy(piece, from, piece, 0, kept);
        }
    }

    private void scan(byte[] piece, int filled, Consumer<byte[]> each) {
        for (int i = 0; i < filled; i++) {
            enter(piece[i]);
            int from = i + 1 - SealedPayload.KEY;
            if (from > 0) {
                leave(piece[from - 1]);
            }
            if (from >= 0 && from % step == 0 && different >= LEAST_DIFFERENT) {
                each.accept(Arrays.copyOfRange(piece, from, i + 1));
            }
        }
    }

    private void enter(byte value) {
        if (counts[value & 0xFF]++ == 0) {
            different++;
        }
    }

    private void leave(byte value) {
        if (--counts[value & 0xFF] == 0) {
            different--;
        }
    }
}
