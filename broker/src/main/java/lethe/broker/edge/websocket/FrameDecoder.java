package lethe.broker.edge.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lethe.broker.edge.websocket.Incoming.Close;
import lethe.broker.edge.websocket.Incoming.Kind;
import lethe.broker.edge.websocket.Incoming.Violation;
import lethe.core.identity.Opaque;
import lethe.core.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one peer, in pieces of any size, into messages and control frames.
 *
 * <p>Memory: a message costs what has arrived of it, never what its header announces, and at most the bound. For one
 * connection, on one thread.
 */
public final class FrameDecoder {
    /** A message in more pieces than this is refused: a peer could send empty ones for ever. */
    static final int MOST_FRAGMENTS = 1024;

    private static final int FIRST_ALLOCATION = 512;
    private static final byte[] NOTHING = {};

    private final int messageBound;
    private final FrameHeader header = new FrameHeader();

    private boolean inPayload;
    private boolean over;

    /** What has arrived of the message under way, unmasked, and of the frame under way in it. */
    private byte[] message = NOTHING;

    private int messageLength;
    private int fragments;
    private @Nullable Kind kind;
    private final Utf8Check utf8 = new Utf8Check();

    private byte[] control = NOTHING;

    private int frameLength;
    private int framePosition;

    /**
     * For a peer that has just connected.
     *
     * @param messageBound of the payload of a message, all fragments together, in bytes
     */
    public FrameDecoder(int messageBound) {
        this.messageBound = messageBound;
    }

    /** The next thing in the buffer; null when the buffer is used up. After a close or a violation, always null. */
    public @Nullable Incoming next(ByteBuffer in) {
        while (!over) {
            if (!inPayload) {
                if (!header.gather(in)) {
                    return null;
                }
                Violation violation = begin();
                if (violation != null) {
                    return violation;
                }
            }
            boolean isControl = Opcode.isControl(header.opcode());
            if (isControl) {
                unmask(in, control, framePosition);
            } else if (!takeData(in)) {
                return violation(CloseReason.NOT_UTF8, "a text is UTF-8");
            }
            if (framePosition < frameLength) {
                return null;
            }
            inPayload = false;
            Incoming found = isControl ? controlFrame() : dataFrame();
            header.clear();
            if (found != null) {
                return found;
            }
        }
        in.position(in.limit());
        return null;
    }

    private @Nullable Violation begin() {
        String broken = header.brokenRule();
        if (broken != null) {
            return violation(CloseReason.PROTOCOL_ERROR, broken);
        }
        long length = header.payloadLength();
        if (!Opcode.isControl(header.opcode())) {
            boolean continues = header.opcode() == Opcode.CONTINUATION;
            if (continues != (kind != null)) {
                return violation(CloseReason.PROTOCOL_ERROR, "fragments of messages are mixed up");
            }
            if (length < 0 || length > messageBound - messageLength || ++fragments > MOST_FRAGMENTS) {
                return violation(CloseReason.TOO_BIG, "a message has at most " + messageBound + " bytes");
            }
            if (!continues) {
                kind = header.opcode() == Opcode.TEXT ? Kind.TEXT : Kind.BINARY;
            }
        } else {
            control = new byte[(int) length];
        }
        frameLength = (int) length;
        framePosition = 0;
        inPayload = true;
        return null;
    }

    /** Whether what it took can be part of such a message. */
    private boolean takeData(ByteBuffer in) {
        makeRoom(Math.min(in.remaining(), frameLength - framePosition));
        int from = messageLength;
        messageLength += unmask(in, message, from);
        return kind != Kind.TEXT || utf8.accepts(message, from, messageLength);
    }

    /** Takes what there is of this frame; how many bytes that were. */
    private int unmask(ByteBuffer in, byte[] target, int offset) {
        int count = Math.min(in.remaining(), frameLength - framePosition);
        in.get(target, offset, count);
        header.unmask(target, offset, offset + count, framePosition);
        framePosition += count;
        return count;
    }

    private void makeRoom(int arriving) {
        int needed = messageLength + arriving;
        if (needed > message.length) {
            int announced = messageLength + (frameLength - framePosition);
            int doubled = Math.max(FIRST_ALLOCATION, message.length * 2);
            message = Arrays.copyOf(message, Math.max(needed, Math.min(announced, doubled)));
        }
    }

    private @Nullable Incoming dataFrame() {
        if (!header.lastFragment()) {
            return null;
        }
        Kind whole = kind == null ? Kind.BINARY : kind;
        if (whole == Kind.TEXT && !utf8.complete()) {
            return violation(CloseReason.NOT_UTF8, "a text is UTF-8");
        }
        byte[] payload = message.length == messageLength ? message : Arrays.copyOf(message, messageLength);
        message = NOTHING;
        messageLength = 0;
        fragments = 0;
        kind = null;
        return new Incoming.Message(whole, Opaque.wrap(payload));
    }

    private Incoming controlFrame() {
        return switch (header.opcode()) {
            case Opcode.PING -> new Incoming.Ping(Opaque.wrap(control));
            case Opcode.PONG -> new Incoming.Pong();
            default -> close();
        };
    }

    private Incoming close() {
        if (control.length == 0) {
            over = true;
            return new Close(Close.NO_CODE);
        }
        if (control.length == 1) {
            return violation(CloseReason.PROTOCOL_ERROR, "a close code has two bytes");
        }
        int code = Short.toUnsignedInt(ByteBuffer.wrap(control).getShort());
        if (!CloseCodes.mayBeSent(code)) {
            return violation(CloseReason.PROTOCOL_ERROR, "this close code is never sent");
        }
        Utf8Check reason = new Utf8Check();
        if (!reason.accepts(control, 2, control.length) || !reason.complete()) {
            return violation(CloseReason.NOT_UTF8, "the reason of a close is UTF-8");
        }
        over = true;
        return new Close(code);
    }

    private Violation violation(CloseReason reason, String rule) {
        over = true;
        message = NOTHING;
        return new Violation(reason, rule);
    }
}
