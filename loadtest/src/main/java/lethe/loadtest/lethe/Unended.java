package lethe.loadtest.lethe;

import java.util.BitSet;

/** Which of a sender's messages have not ended, to name the predecessor of what is sent. */
final class Unended {
    /** No number of a message. */
    static final long NONE = Long.MIN_VALUE;

    private static final int SHIFT_AT = 4096;

    /** Below are only messages that have ended; the bits count from here. */
    private long base;

    private final BitSet ended = new BitSet();

    /** The message with this number has ended. */
    void end(long number) {
        if (number < base) {
            return;
        }
        ended.set((int) (number - base));
        int gone = ended.nextClearBit(0);
        if (gone == ended.length()) {
            base += gone;
            ended.clear();
        } else if (gone >= SHIFT_AT) {
            BitSet left = ended.get(gone, ended.length());
            ended.clear();
            ended.or(left);
            base += gone;
        }
    }

    /** The last message before this one that has not ended; {@link #NONE} if all have. */
    long before(long number) {
        if (number <= base) {
            return NONE;
        }
        int before = ended.previousClearBit((int) (number - base - 1));
        return before < 0 ? NONE : base + before;
    }
}
