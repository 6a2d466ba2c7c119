package lethe.loadtest.lethe;

import io.netty.buffer.ByteBuf;

/**
 * A frame of the broker, read in place: just what a phone under load needs of the three kinds that it hears by the
 * thousand. What looks in any way unusual is left to the codec.
 */
final class Heard {
    static final int HELD = 34;
    static final int DELIVER = 35;
    static final int RECEIPT = 36;

    private static final int FIELDS = 6;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int MAP = 5;
    private static final int DELIVERED_LENGTH = 9;

    /** Of each field its number, or else where its bytes begin; -1 if it is not there. */
    private final long[] value = new long[FIELDS];

    private final int[] length = new int[FIELDS];
    private int at;
    private int end;

    /** Reads one frame, and leaves the buffer as it was; false if it is for the codec to read. */
    boolean read(ByteBuf in, int bytes) {
        at = in.readerIndex();
        end = at + bytes;
        if (bytes == 0 || (in.getByte(at) & 0xff) >> 5 != MAP) {
            return false;
        }
        long fields = argument(in);
        for (int i = 0; i < FIELDS; i++) {
            value[i] = -1;
        }
        for (long i = 0; i < fields; i++) {
            if (!field(in)) {
                return false;
            }
        }
        return at == end && isUsual();
    }

    private boolean field(ByteBuf in) {
        if (at + 2 > end) {
            return false;
        }
        int key = in.getByte(at++);
        if (key < 0 || key >= FIELDS) {
            return false;
        }
        int initial = in.getByte(at) & 0xff;
        if (initial == TRUE || initial == FALSE) {
            at++;
            value[key] = initial == TRUE ? 1 : 0;
            return true;
        }
        int major = initial >> 5;
        long argument = argument(in);
        if (argument < 0 || major == 1 || major > 3) {
            return false;
        }
        if (major == 0) {
            value[key] = argument;
            return true;
        }
        value[key] = at;
        length[key] = (int) Math.min(argument, Integer.MAX_VALUE);
        at += length[key];
        return at <= end && at >= 0;
    }

    private long argument(ByteBuf in) {
        int low = in.getByte(at++) & 0x1f;
        if (low < 24) {
            return low;
        }
        int width = low > 27 ? end : 1 << (low - 24);
        if (width > end - at) {
            return -1;
        }
        long argument = 0;
        for (int i = 0; i < width; i++) {
            argument = (argument << 8) | (in.getByte(at++) & 0xff);
        }
        return argument;
    }

    private boolean isUsual() {
        if (kind() == DELIVER) {
            return value[1] > 0 && value[5] > 0 && length[5] >= Long.BYTES;
        }
        if (kind() == RECEIPT) {
            return value[1] > 0 && length[1] == 2 * Long.BYTES && length[2] == DELIVERED_LENGTH && value[4] >= 0;
        }
        return kind() == HELD && value[2] > 0 && length[2] == 2 * Long.BYTES;
    }

    /** Of the frame, as on the wire. */
    int kind() {
        return (int) value[0];
    }

    /** Of a delivery. */
    long seq() {
        return value[1];
    }

    /** The number in a delivered body. */
    long number(ByteBuf in) {
        return in.getLong((int) value[5]);
    }

    /** The first half of the message id of a receipt, or of what is held. */
    long idFirst(ByteBuf in) {
        return in.getLong((int) value[kind() == HELD ? 2 : 1]);
    }

    /** The second half. */
    long idSecond(ByteBuf in) {
        return in.getLong((int) value[kind() == HELD ? 2 : 1] + Long.BYTES);
    }

    /** Whether the broker keeps the receipt. */
    boolean settle() {
        return value[4] == 1;
    }
}
