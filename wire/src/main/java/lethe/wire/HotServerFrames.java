package lethe.wire;

import java.nio.ByteBuffer;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.ServerFrame.Deliver;
import lethe.core.protocol.ServerFrame.Held;
import lethe.core.protocol.ServerFrame.Receipt;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;

/**
 * Writes the three frames that brokers say most, {@code deliver}, {@code receipt} and {@code held}, straight as CBOR:
 * byte for byte what {@link ServerFrames} would make of them, but with the length known beforehand and no copy.
 */
final class HotServerFrames {
    /** The size of a frame that is left to others. */
    static final int NOT_HOT = -1;

    private static final int BYTES = 0x40;
    private static final int TEXT = 0x60;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;

    /** A map of four to seven: its head, the key of the type, and the type. */
    private static final int START = 4;

    private static final int HELD = 34;
    private static final int DELIVER = 35;
    private static final int RECEIPT = 36;

    /** A key and a byte string's head. */
    private static final int ID = 2 + MessageId.LENGTH;

    private static final Words<Urgency> URGENCIES = Words.of(Urgency.class, Urgency::word);
    private static final Words<ReceiptState> STATES = Words.of(ReceiptState.class, ReceiptState::word);

    private HotServerFrames() {}

    /** How many bytes the frame has; {@link #NOT_HOT} if it is none of these, or has a number below zero. */
    static int size(ServerFrame frame) {
        if (frame instanceof Deliver deliver) {
            return size(deliver);
        }
        if (frame instanceof Receipt receipt) {
            return size(receipt);
        }
        return frame instanceof Held held ? size(held) : NOT_HOT;
    }

    private static int size(Deliver frame) {
        long left = frame.ttlLeft().toMillis();
        if (frame.seq() < 0 || left < 0) {
            return NOT_HOT;
        }
        int word = URGENCIES.of(frame.urgency()).length;
        int body = frame.body().length();
        return START + 1 + head(frame.seq()) + ID + 1 + head(left) + 2 + word + 1 + head(body) + body;
    }

    private static int size(Receipt frame) {
        long at = frame.at().toEpochMilli();
        return at < 0 ? NOT_HOT : START + ID + 2 + STATES.of(frame.state()).length + 1 + head(at) + 2;
    }

    private static int size(Held frame) {
        Long ref = frame.ref();
        long expires = frame.expires().toEpochMilli();
        if (expires < 0 || (ref != null && ref < 0)) {
            return NOT_HOT;
        }
        return START + (ref == null ? 0 : 1 + head(ref)) + ID + 1 + head(expires);
    }

    private static int head(long argument) {
        if (argument < 24) {
            return 1;
        }
        if (argument < 1 << 8) {
            return 2;
        }
        if (argument < 1 << 16) {
            return 3;
        }
        return argument < 1L << 32 ? 5 : 9;
    }

    /** Writes a frame that has a {@link #size}. */
    static void write(ServerFrame frame, ByteBuffer to) {
        if (frame instanceof Deliver deliver) {
            write(deliver, to);
        } else if (frame instanceof Receipt receipt) {
            write(receipt, to);
        } else if (frame instanceof Held held) {
            write(held, to);
        }
    }

    private static void write(Deliver frame, ByteBuffer to) {
        start(6, DELIVER, to);
        number(1, frame.seq(), to);
        bytes(2, frame.id().bytes(), to);
        number(3, frame.ttlLeft().toMillis(), to);
        word(4, URGENCIES.of(frame.urgency()), to);
        bytes(5, frame.body(), to);
    }

    private static void write(Receipt frame, ByteBuffer to) {
        start(5, RECEIPT, to);
        bytes(1, frame.id().bytes(), to);
        word(2, STATES.of(frame.state()), to);
        number(3, frame.at().toEpochMilli(), to);
        to.put((byte) 4).put((byte) (frame.settle() ? TRUE : FALSE));
    }

    private static void write(Held frame, ByteBuffer to) {
        Long ref = frame.ref();
        start(ref == null ? 3 : 4, HELD, to);
        if (ref != null) {
            number(1, ref, to);
        }
        bytes(2, frame.id().bytes(), to);
        number(3, frame.expires().toEpochMilli(), to);
    }

    /** A map's head, and in it the type, which is between 24 and 255. */
    private static void start(int entries, int type, ByteBuffer to) {
        to.putInt((0xa0 | entries) << 24 | Kind.KEY << 16 | 0x18 << 8 | type);
    }

    private static void number(int key, long number, ByteBuffer to) {
        to.put((byte) key);
        head(0, number, to);
    }

    private static void bytes(int key, Opaque bytes, ByteBuffer to) {
        to.put((byte) key);
        head(BYTES, bytes.length(), to);
        to.put(bytes.shared());
    }

    private static void word(int key, byte[] word, ByteBuffer to) {
        to.put((byte) key).put((byte) (TEXT | word.length)).put(word);
    }

    private static void head(int major, long argument, ByteBuffer to) {
        if (argument < 24) {
            to.put((byte) (major | argument));
        } else if (argument < 1 << 8) {
            to.put((byte) (major | 24)).put((byte) argument);
        } else if (argument < 1 << 16) {
            to.put((byte) (major | 25)).putShort((short) argument);
        } else if (argument < 1L << 32) {
            to.put((byte) (major | 26)).putInt((int) argument);
        } else {
            to.put((byte) (major | 27)).putLong(argument);
        }
    }
}
