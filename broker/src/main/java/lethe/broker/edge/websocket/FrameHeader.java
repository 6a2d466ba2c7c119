package lethe.broker.edge.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The header of a masked frame (RFC 6455, section 5.2), gathered byte by byte: 6 to 14 bytes. */
final class FrameHeader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LONGEST = 14;
    private static final int MASK_LENGTH = 4;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;

    private final byte[] bytes = new byte[LONGEST];
    private int have;
    private int need = 2;

    /** Takes what the buffer has; whether the header is then complete. */
    boolean gather(ByteBuffer in) {
        while (have < need && in.hasRemaining()) {
            bytes[have++] = in.get();
            if (have == 2) {
                need = 2 + lengthBytes() + (masked() ? MASK_LENGTH : 0);
            }
        }
        return have == need;
    }

    /** Makes room for the next header. */
    void clear() {
        have = 0;
        need = 2;
    }

    boolean lastFragment() {
        return (bytes[0] & 0x80) != 0;
    }

    int opcode() {
        return bytes[0] & 0x0F;
    }

    /**
     * Takes the mask off a part of a payload (section 5.3), eight bytes at a time.
     *
     * @param position of the part in the payload
     */
    void unmask(byte[] payload, int from, int to, int position) {
        int mask = 0;
        for (int i = 0; i < MASK_LENGTH; i++) {
            mask = mask << Byte.SIZE | (bytes[need - MASK_LENGTH + ((position + i) & 3)] & 0xFF);
        }
        long wide = (long) mask << Integer.SIZE | Integer.toUnsignedLong(mask);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            LONGS.set(payload, at, (long) LONGS.get(payload, at) ^ wide);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < to; at++, shift = (shift - Byte.SIZE) & 31) {
            payload[at] ^= (byte) (mask >>> shift);
        }
    }

    /** In bytes; negative if the peer set the top bit of an eight-byte length. */
    long payloadLength() {
        return switch (lengthBytes()) {
            case 0 -> bytes[1] & 0x7F;
            case 2 -> Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
            default -> ByteBuffer.wrap(bytes).getLong(2);
        };
    }

    /** The rule that this header breaks, whatever came before it; null if none. */
    @Nullable
    String brokenRule() {
        if ((bytes[0] & 0x70) != 0) {
            return "a reserved bit is set and no extension was agreed on";
        }
        if (!Opcode.isKnown(opcode())) {
            return "unknown opcode";
        }
        if (!masked()) {
            return "a client masks its frames";
        }
        if (Opcode.isControl(opcode()) && (!lastFragment() || payloadLength() > Opcode.CONTROL_BOUND)) {
            return "a control frame is whole and has at most 125 bytes";
        }
        return isMinimal() ? null : "the length is not in its shortest form";
    }

    private boolean isMinimal() {
        long length = payloadLength();
        return switch (lengthBytes()) {
            case 0 -> true;
            case 2 -> length >= TWO_BYTE_LENGTH;
            default -> length > 0xFFFF;
        };
    }

    private boolean masked() {
        return (bytes[1] & 0x80) != 0;
    }

    private int lengthBytes() {
        int field = bytes[1] & 0x7F;
        return field < TWO_BYTE_LENGTH ? 0 : field < EIGHT_BYTE_LENGTH ? 2 : 8;
    }
}
