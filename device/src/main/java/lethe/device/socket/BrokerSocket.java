package lethe.device.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to a broker, frames in and bytes out. Safe for use by many threads; what is sent leaves in that order.
 */
public final class BrokerSocket {
    /** What RFC 6455 calls a connection that ended without a close frame. */
    public static final int NO_CLOSE_FRAME = 1006;

    /** Frames that may come in before the phone has worked off the first. */
    private static final int READ_AHEAD = 64;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UPGRADE_REQUIRED = 426;

    private final Encoding encoding;
    private final Events events;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Queue<byte[]> unsent = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private boolean sending;
    private boolean leaving;

    /** Whoever hears the socket. Called by one thread at a time; nothing comes after {@link #closed}. */
    public interface Events {
        void frame(ServerFrame frame);

        /**
         * The socket is gone, or never came to be.
         *
         * @param code as in RFC 6455
         */
        void closed(int code);
    }

    private BrokerSocket(Encoding encoding, Events events) {
        this.encoding = encoding;
        this.events = events;
    }

    /**
     * Begins to connect.
     *
     * @param broker scheme, host and port
     */
    public static BrokerSocket open(
            HttpClient http, URI broker, Encoding encoding, Duration connectTimeout, Events events) {
        BrokerSocket opening = new BrokerSocket(encoding, events);
        URI address = URI.create(broker.resolve("/v1/socket").toString().replaceFirst("^http", "ws"));
        var unused = http.newWebSocketBuilder()
                .subprotocols(encoding.subProtocol())
                .connectTimeout(connectTimeout)
                .buildAsync(address, opening.new Incoming())
                .whenComplete(opening::opened);
        return opening;
    }

    private void opened(@Nullable WebSocket opened, @Nullable Throwable failure) {
        if (opened == null) {
            end(handshakeCode(failure));
        } else if (!opened.getSubprotocol().equals(encoding.subProtocol())) {
            opened.abort();
            end(CloseReason.UPGRADE.code());
        } else if (closed.get()) {
            opened.abort();
        } else {
            begin(opened);
        }
    }

    private synchronized void begin(WebSocket opened) {
        socket = opened;
        pump();
    }

    private static int handshakeCode(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            return status == TOO_MANY_REQUESTS
                    ? CloseReason.TOO_MANY.code()
                    : status == UPGRADE_REQUIRED ? CloseReason.UPGRADE.code() : NO_CLOSE_FRAME;
        }
        return NO_CLOSE_FRAME;
    }

    /** Sends one encoded frame, after those before it. */
    public synchronized void send(byte[] frame) {
        unsent.add(frame);
        pump();
    }

    /** The phone has worked off a frame; one more may come. */
    public synchronized void more() {
        if (socket != null) {
            socket.request(1);
        }
    }

    private synchronized void pump() {
        if (socket == null || sending) {
            return;
        }
        byte[] next = unsent.poll();
        if (next == null) {
            if (leaving) {
                leaving = false;
                say(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
            return;
        }
        say(
                encoding.isText()
                        ? socket.sendText(new String(next, StandardCharsets.UTF_8), true)
                        : socket.sendBinary(ByteBuffer.wrap(next), true));
    }

    private void say(CompletableFuture<WebSocket> sent) {
        sending = true;
        var unused = sent.whenComplete((ok, failure) -> {
            synchronized (this) {
                sending = false;
            }
            if (failure == null) {
                pump();
            } else {
                abort();
            }
        });
    }

    /** Leaves politely: what was sent goes out first. {@link Events#closed} is not called. */
    public synchronized void leave() {
        if (!closed.getAndSet(true)) {
            leaving = true;
            pump();
        }
    }

    /** Cuts the connection. */
    public void abort() {
        WebSocket cut;
        synchronized (this) {
            cut = socket;
        }
        if (cut != null) {
            cut.abort();
        }
        end(NO_CLOSE_FRAME);
    }

    private void end(int code) {
        if (!closed.getAndSet(true)) {
            events.closed(code);
        }
    }

    /** The half that listens. */
    private final class Incoming implements WebSocket.Listener {
        private final Assembly assembly = new Assembly();

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(READ_AHEAD);
        }

        @Override
        public @Nullable CompletableFuture<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            return part(from, data, last);
        }

        @Override
        public @Nullable CompletableFuture<?> onText(WebSocket from, CharSequence data, boolean last) {
            return part(from, StandardCharsets.UTF_8.encode(data.toString()), last);
        }

        private @Nullable CompletableFuture<?> part(WebSocket from, ByteBuffer data, boolean last) {
            if (!assembly.add(data)) {
                abort();
            } else if (!last) {
                from.request(1);
            } else {
                read(assembly.take());
            }
            return null;
        }

        private void read(byte[] frame) {
            if (closed.get()) {
                return;
            }
            if (Frames.decodeServer(encoding, frame) instanceof Decoded.Good<ServerFrame> good) {
                events.frame(good.value());
            } else {
                abort();
            }
        }

        @Override
        public @Nullable CompletableFuture<?> onClose(WebSocket from, int code, String reason) {
            end(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(NO_CLOSE_FRAME);
        }
    }
}
