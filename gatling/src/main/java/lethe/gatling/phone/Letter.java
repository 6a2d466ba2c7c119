package lethe.gatling.phone;

import java.nio.ByteBuffer;
import lethe.core.identity.Opaque;

/**
 * What a simulated message carries: its number, and padding up to the size that is asked for.
 *
 * @param number counts the messages of one sender from 0
 * @param last whether the sender says no more
 */
record Letter(int number, boolean last) {
    /** The smallest body, in bytes. */
    static final int SMALLEST = Integer.BYTES + 1;

    Opaque body(int bytes) {
        byte[] body = new byte[Math.max(SMALLEST, bytes)];
        ByteBuffer.wrap(body).putInt(number).put((byte) (last ? 1 : 0));
        return Opaque.wrap(body);
    }

    static Letter of(Opaque body) {
        ByteBuffer bytes = ByteBuffer.wrap(body.shared());
        return new Letter(bytes.getInt(), bytes.get() != 0);
    }
}
