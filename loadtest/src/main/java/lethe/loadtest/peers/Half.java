package lethe.loadtest.peers;

/**
 * One half of a pair.
 *
 * @param own its name: account, topic or queue
 * @param other the name of the other half
 * @param sends whether it sends the messages; the other half sends the receipts
 */
public record Half(String own, String other, boolean sends) {
    public static Half sender(int pair) {
        return new Half("s" + pair, "r" + pair, true);
    }

    public static Half recipient(int pair) {
        return new Half("r" + pair, "s" + pair, false);
    }
}
