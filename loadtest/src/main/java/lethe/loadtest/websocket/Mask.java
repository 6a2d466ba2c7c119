package lethe.loadtest.websocket;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes a client's frames: whole messages, masked eight bytes at a time. */
public final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MOST_SHORT = 0xffff;

    /** A frame is longer than what is in it by no more than these. */
    public static final int MOST_OVERHEAD = 14;

    private long state;

    /**
     * A source of keys, good enough for a driver: RFC 6455 wants them unforeseeable, to protect proxies.
     *
     * @param seed not 0
     */
    public Mask(long seed) {
        this.state = seed;
    }

    /**
     * Writes one frame.
     *
     * @param opcode of RFC 6455, section 5.2
     */
    public void write(int opcode, byte[] content, ByteBuf to) {
        int length = content.length;
        to.writeByte(FINAL | opcode);
        if (length < SHORT_LENGTH) {
            to.writeByte(MASKED | length);
        } else if (length <= MOST_SHORT) {
            to.writeByte(MASKED | SHORT_LENGTH);
            to.writeShort(length);
        } else {
            to.writeByte(MASKED | LONG_LENGTH);
            to.writeLong(length);
        }
        int key = nextKey();
        to.writeInt(key);
        mask(content, key, to);
    }

    private int nextKey() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) (state >>> 16);
    }

    private static void mask(byte[] content, int key, ByteBuf to) {
        long twice = ((long) key << 32) | (key & 0xffff_ffffL);
        int at = 0;
        for (; at <= content.length - Long.BYTES; at += Long.BYTES) {
            to.writeLong((long) LONGS.get(content, at) ^ twice);
        }
        for (; at < content.length; at++) {
            to.writeByte(content[at] ^ (key >> (24 - 8 * (at & 3))));
        }
    }
}
