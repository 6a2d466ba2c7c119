package lethe.loadtest.sms;

/**
 * One thing that happens to a pair of phones.
 *
 * @param atMillis after the beginning of its script
 */
record Step(long atMillis, Move move) {
    /** What it is. */
    enum Move {
        SEND,
        RECIPIENT_LEAVES,
        RECIPIENT_RETURNS,
        RECIPIENT_BUSY,
        RECIPIENT_FREE,
        SENDER_LEAVES,
        SENDER_RETURNS
    }
}
