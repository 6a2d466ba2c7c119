package lethe.broker.edge.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes frames as a client does, and as no honest client does. */
public final class ClientBytes {
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static ClientBytes client() {
        return new ClientBytes();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A masked frame.
     *
     * @param first opcode and the bits before it
     */
    public ClientBytes frame(int first, byte[] payload) {
        header(first, payload.length);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i & 3]);
        }
        return this;
    }

    public ClientBytes frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    public ClientBytes text(String payload) {
        return frame(0x81, payload);
    }

    public ClientBytes binary(byte[] payload) {
        return frame(0x82, payload);
    }

    public ClientBytes close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return frame(
                0x88,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Only the header of a masked frame, with the mask. */
    public ClientBytes header(int first, long length) {
        out.write(first);
        if (length < 126) {
            out.write(0x80 | (int) length);
        } else if (length <= 0xFFFF) {
            out.write(0x80 | 126);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        out.writeBytes(MASK);
        return this;
    }

    /** Bytes as they are. */
    public ClientBytes raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
