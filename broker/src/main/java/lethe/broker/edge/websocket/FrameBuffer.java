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

    private byte[] bytes = NOTHING;
    private int size;

    /** In bytes, headers included. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void addMessage(Kind kind, byte[] payload) {
        add(kind == Kind.TEXT ? Opcode.TEXT : Opcode.BINARY, payload);
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
        clear();
        return taken;
    }

    public void clear() {
        bytes = NOTHING;
        size = 0;
    }

    private void add(int opcode, byte[] payload) {
        makeRoom(payload.length + 10);
        bytes[size++] = (byte) (0x80 | opcode);
        if (payload.length < 126) {
            bytes[size++] = (byte) payload.length;
        } else if (payload.length <= 0xFFFF) {
            bytes[size++] = 126;
            bytes[size++] = (byte) (payload.length >>> 8);
            bytes[size++] = (byte) payload.length;
        } else {
            bytes[size++] = 127;
            ByteBuffer.wrap(bytes).putLong(size, payload.length);
            size += Long.BYTES;
        }
        System.arraycopy(payload, 0, bytes, size, payload.length);
        size += payload.length;
    }

    private void makeRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(FIRST_ALLOCATION, bytes.length * 2)));
        }
    }
}
