package lethe.loadtest.lethe;

import java.nio.ByteBuffer;

/** The frame {@code ack} without exceptions, in the bytes that the codec makes of it. */
final class Acknowledgement {
    private static final int MOST_BYTES = 13;
    private static final byte MAP_OF_TWO = (byte) 0xa2;
    private static final byte ACK = 3;

    private Acknowledgement() {}

    /**
     * Of everything up to a number.
     *
     * @param seq not negative
     */
    static byte[] upTo(long seq) {
        ByteBuffer frame = ByteBuffer.allocate(MOST_BYTES);
        frame.put(MAP_OF_TWO).put((byte) 0).put(ACK).put((byte) 1);
        if (seq < 24) {
            frame.put((byte) seq);
        } else if (seq <= 0xff) {
            frame.put((byte) 24).put((byte) seq);
        } else if (seq <= 0xffff) {
            frame.put((byte) 25).putShort((short) seq);
        } else if (seq <= 0xffff_ffffL) {
            frame.put((byte) 26).putInt((int) seq);
        } else {
            frame.put((byte) 27).putLong(seq);
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
