package lethe.broker.edge.socket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import lethe.broker.edge.websocket.FrameBuffer;
import lethe.broker.edge.websocket.Incoming;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * What waits to go out on one socket, in the order it was said.
 *
 * <p>Frames are encoded only when TCP asks for bytes, one batch at a time. So what waits for a slow phone costs little
 * more than the envelopes, which its subscriber keeps anyway.
 */
final class Outgoing {
    /** A batch is sent when it has this many bytes; one frame may make it longer. */
    private static final int BATCH = 64 * 1024;

    /** What a frame is taken to weigh beside its body. */
    private static final int FRAME_WEIGHT = 64;

    private static final byte[] NOTHING = {};

    private final Encoding encoding;
    private final Incoming.Kind kind;
    private final Queue<ServerFrame> frames = new ArrayDeque<>(2);

    private long weight;
    private boolean ping;
    private @Nullable Opaque pong;
    private @Nullable Consumer<FrameBuffer> close;

    Outgoing(Encoding encoding) {
        this.encoding = encoding;
        this.kind = encoding.isText() ? Incoming.Kind.TEXT : Incoming.Kind.BINARY;
    }

    void add(ServerFrame frame) {
        frames.add(frame);
        weight += weightOf(frame);
    }

    /** About how many bytes wait. */
    long weight() {
        return weight;
    }

    boolean isEmpty() {
        return frames.isEmpty() && !ping && pong == null && close == null;
    }

    void ping() {
        ping = true;
    }

    /** Only the latest ping needs an answer (RFC 6455, section 5.5.3): any number of them costs one pong. */
    void pong(Opaque payload) {
        pong = payload;
    }

    /** The last frame, after all that waits. */
    void close(int code, String text) {
        close = buffer -> buffer.addClose(code, text);
    }

    /** The last frame, in answer to a close without a code. */
    void closeWithoutCode() {
        close = FrameBuffer::addClose;
    }

    /** Forgets the frames that wait. */
    void drop() {
        frames.clear();
        weight = 0;
    }

    /** Writes what is to be sent next; nothing if nothing waits. */
    void batch(FrameBuffer buffer) {
        if (pong != null) {
            buffer.addPong(pong.shared());
            pong = null;
        }
        if (ping) {
            buffer.addPing(NOTHING);
            ping = false;
        }
        while (buffer.size() < BATCH) {
            ServerFrame frame = frames.poll();
            if (frame == null) {
                break;
            }
            weight -= weightOf(frame);
            Frames.encode(encoding, frame, length -> buffer.addMessage(kind, length));
        }
        if (frames.isEmpty() && close != null) {
            close.accept(buffer);
            close = null;
        }
    }

    private static int weightOf(ServerFrame frame) {
        return FRAME_WEIGHT
                + (frame instanceof ServerFrame.Deliver deliver ? deliver.body().length() : 0);
    }
}
