package lethe.seal.prekey;

/**
 * Names a prekey among those of one device: an unsigned number of 32 bits, counted up by the device.
 *
 * @param bits the number; from 2^31 on they look negative
 */
public record PrekeyId(int bits) {
    private static final long MOST = 0xffff_ffffL;

    /**
     * The id of a number.
     *
     * @throws IllegalArgumentException if it is not 0 to 4,294,967,295
     */
    public static PrekeyId of(long number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException("a prekey's number has 32 bits");
        }
        return new PrekeyId((int) number);
    }

    /** 0 to 4,294,967,295. */
    public long number() {
        return Integer.toUnsignedLong(bits);
    }

    /** The one after so many others; begins anew after the last. */
    public PrekeyId plus(int others) {
        return new PrekeyId(bits + others);
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}
