package lethe.broker.edge.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lethe.broker.edge.websocket.Incoming.Kind;

/**
 * Frames that wait to go out to one peer, as the bytes that they will be: unmasked, whole, shortest lengths.
 *
 * <p>Everything that waits leaves in one piece. The caller bounds it by looking at {@link #size()}. On one thread.
 */
public final class FrameBuffer {
    private static final byte[] NOTHING = {};
    private static final int FIRST_ALLOCATION = 256;
    private static final int MOST_KEPT = 256 * 1024;
    private static final int LONGEST_HEADER = 10;

    private byte[] bytes = NOTHING;
    private int size;

    /** In bytes, headers included. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Begins a message.
     *
     * @return room for its payload, to be filled before anything else is added
     */
    public ByteBuffer addMessage(Kind kind, int length) {
        return room(kind == Kind.TEXT ? Opcode.TEXT : Opcode.BINARY, length);
    }

    /** Of at most 125 bytes. */
    public void addPing(byte[] payload) {
        add(Opcode.PING, payload);
    }

    /** Of at most 125 bytes. */
    public void addPong(byte[] payload) {
        add(Opcode.PONG, payload);
    }

    /**
     * Nothing may follow.
     *
     * @param reason cut to fit a control frame
     */
    public void addClose(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, Opcode.CONTROL_BOUND - 2);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        add(
                Opcode.CLOSE,
                ByteBuffer.allocate(2 + length)
                        .putShort((short) code)
                        .put(text, 0, length)
                        .array());
    }

    /** A close without a code, in answer to one. */
    public void addClose() {
        add(Opcode.CLOSE, NOTHING);
    }

    /** Everything that waits; then nothing waits. The array is the caller's. */
    public byte[] take() {
        byte[] taken = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        bytes = NOTHING;
        size = 0;
        return taken;
    }

    /** Shows everything that waits, until something is added or taken. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Nothing waits any more, nor is left. Keeps its room for what comes next, unless that is very much. */
    public void clear() {
        Arrays.fill(bytes, 0, size, (byte) 0);
        if (bytes.length > MOST_KEPT) {
            bytes = NOTHING;
        }
        size = 0;
    }

    private void add(int opcode, byte[] payload) {
        room(opcode, payload.length).put(payload);
    }

    private ByteBuffer room(int opcode, int length) {
        makeRoom(length + LONGEST_HEADER);
        bytes[size++] = (byte) (0x80 | opcode);
        if (length < 126) {
            bytes[size++] = (byte) length;
        } else if (length <= 0xFFFF) {
            bytes[size++] = 126;
            bytes[size++] = (byte) (length >>> 8);
            bytes[size++] = (byte) length;
        } else {
            bytes[size++] = 127;
            ByteBuffer.wrap(bytes).putLong(size, length);
            size += Long.BYTES;
        }
        ByteBuffer payload = ByteBuffer.wrap(bytes, size, length);
        size += length;
        return payload;
    }

    private void makeRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(FIRST_ALLOCATION, bytes.length * 2)));
        }
    }
}
