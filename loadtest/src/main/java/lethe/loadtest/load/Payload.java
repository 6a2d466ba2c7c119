package lethe.loadtest.load;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What messages of a run carry: eight bytes for the number, then random bytes, the same in all of them. A disk that
 * holds any message holds these, however it is compressed.
 */
public final class Payload {
    /** The number, big-endian, in front. */
    public static final int NUMBER_BYTES = 8;

    private final byte[] template;

    private Payload(byte[] template) {
        this.template = template;
    }

    /**
     * Draws the filler.
     *
     * @param bytes of the whole, at least those of the number
     */
    public static Payload ofLength(int bytes) {
        if (bytes < NUMBER_BYTES) {
            throw new IllegalArgumentException("a payload has at least " + NUMBER_BYTES + " bytes, for its number");
        }
        byte[] template = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(template);
        return new Payload(template);
    }

    public int length() {
        return template.length;
    }

    /** A copy, to write a number into. */
    public byte[] template() {
        return template.clone();
    }

    /** What can be searched for: no more than is found in one piece wherever it is stored. */
    public byte[] filler() {
        int length = Math.min(32, template.length - NUMBER_BYTES);
        byte[] filler = new byte[length];
        System.arraycopy(template, NUMBER_BYTES, filler, 0, length);
        return filler;
    }
}
