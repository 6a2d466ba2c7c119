package lethe.loadtest.websocket;

import io.netty.buffer.ByteBuf;

/** Takes a server's frames out of a buffer: whole messages, unmasked. Holds nothing but the last frame's head. */
public final class Incoming {
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int MOST = 1 << 24;

    private int opcode;
    private int length;

    /**
     * Takes the head of the next frame, if the frame is complete. The buffer is then at its content.
     *
     * @throws IllegalArgumentException if a server does not send that here
     */
    public boolean next(ByteBuf in) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return false;
        }
        int second = in.getByte(start + 1) & 0xff;
        int width = second == 126 ? 2 : second == 127 ? 8 : 0;
        if (readable < 2 + width) {
            return false;
        }
        long size = width == 0 ? second : width == 2 ? in.getUnsignedShort(start + 2) : in.getLong(start + 2);
        if ((second & MASKED) != 0 || size < 0 || size > MOST) {
            throw new IllegalArgumentException("a server's frame is masked, or larger than " + MOST + " bytes");
        }
        if (readable < 2 + width + size) {
            return false;
        }
        int first = in.getByte(start) & 0xff;
        if ((first & 0xf0) != FINAL) {
            throw new IllegalArgumentException("a message in fragments, or with an extension");
        }
        opcode = first & 0x0f;
        length = (int) size;
        in.skipBytes(2 + width);
        return true;
    }

    /** What the frame is. */
    public int opcode() {
        return opcode;
    }

    /** Of its content, in bytes. */
    public int length() {
        return length;
    }
}
