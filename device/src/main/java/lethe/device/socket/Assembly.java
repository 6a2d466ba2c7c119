package lethe.device.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The parts of one incoming message, up to a bound. */
final class Assembly {
    /** No frame of a broker is larger: a body of at most 64 KiB by default, as base64 in JSON, with room for more. */
    private static final int MOST_BYTES = 4 << 20;

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    /**
     * Adds a part.
     *
     * @return false if the message is too long
     */
    boolean add(ByteBuffer part) {
        if (parts.size() + part.remaining() > MOST_BYTES) {
            return false;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        parts.writeBytes(bytes);
        return true;
    }

    /** The whole message; the next one begins. */
    byte[] take() {
        byte[] whole = parts.toByteArray();
        parts.reset();
        return whole;
    }
}
