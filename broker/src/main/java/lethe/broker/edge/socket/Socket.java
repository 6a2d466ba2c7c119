package lethe.broker.edge.socket;

import akka.actor.typed.ActorRef;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import lethe.broker.edge.websocket.FrameBuffer;
import lethe.broker.edge.websocket.FrameDecoder;
import lethe.broker.edge.websocket.Incoming;
import lethe.broker.limit.Limits;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import lethe.core.limit.Limit;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;

/**
 * A phone's WebSocket after its handshake, whatever transport carries it: bytes in, bytes out, a session inside.
 *
 * <p>The transport calls on one thread, and after each call looks at what changed: whether there is {@link #output} to
 * write, whether it {@link #mayRead}, whether the socket {@link #isOver}. It takes output only when the connection
 * takes bytes, so frames are batched exactly when the socket is busy. Reading stops while much waits, so a phone that
 * does not read is not read either, and what others still send it is bounded.
 *
 * <pre>
 * OPEN ──close frame queued──▶ CLOSING ──answered, all written──▶ (over)
 *                                 └────── not within the time ──▶ (cut by the carrier)
 * </pre>
 */
public final class Socket implements Link {
    private static final long SECOND = 1_000_000_000L;
    private static final int EAGER_TICKS = 8;

    /** By then a session has found out that the policy was raised; and not all sessions at once. */
    private static final long LONGEST_TICK = 5 * SECOND;

    /**
     * In bytes. Reading on keeps TCP from resetting before the phone has our close frame; reading all would be work.
     */
    private static final int READ_SINCE_CLOSE = 256 * 1024;

    private enum State {
        OPEN,
        /** Our close frame is on its way; the phone's is awaited. */
        CLOSING,
        /** Both have said close, or the phone is gone: over once all is written. */
        CLOSED
    }

    private final Encoding encoding;
    private final SocketSettings settings;
    private final Limits limits;
    private final Carrier carrier;
    private final LongSupplier nanoTime;
    private final Session session;
    private final FrameDecoder decoder;
    private final Outgoing outgoing;
    private final FrameRate controlFrames;

    private State state = State.OPEN;
    private long nextTick;
    private int ticks;
    private int readSinceClose;

    /**
     * A socket that is open.
     *
     * @param encoding of the sub-protocol that was agreed on
     * @param sessions makes the session
     * @param limits counts how often each is exhausted
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public Socket(
            Encoding encoding,
            SocketSettings settings,
            Function<Link, Session> sessions,
            Limits limits,
            Carrier carrier,
            LongSupplier nanoTime) {
        this.encoding = encoding;
        this.settings = settings;
        this.limits = limits;
        this.carrier = carrier;
        this.nanoTime = nanoTime;
        this.decoder = new FrameDecoder(settings.messageBound(encoding));
        this.outgoing = new Outgoing(encoding);
        long now = nanoTime.getAsLong();
        this.nextTick = now + SECOND;
        this.controlFrames = new FrameRate(settings.controlFramesPerSecond(), now);
        this.session = sessions.apply(this);
    }

    // What the transport tells.

    /** The carrier is ready: the phone is challenged. */
    public void opened() {
        session.opened();
    }

    /** Bytes have come from the phone. They are used up, or of no more use. */
    public void read(ByteBuffer bytes) {
        if (state != State.OPEN) {
            readSinceClose += bytes.remaining();
        }
        for (Incoming next = decoder.next(bytes); next != null; next = decoder.next(bytes)) {
            if (next instanceof Incoming.Close close) {
                answer(close);
            } else if (state == State.OPEN) {
                handle(next);
            }
        }
    }

    /** A subscriber has said something. */
    public void told(ToSession message) {
        session.told(message);
    }

    /** The watched subscriber's actor has stopped. */
    public void subscriberStopped() {
        session.subscriberStopped();
    }

    /** Time passes; to be called about once a second. */
    public void tick() {
        long now = nanoTime.getAsLong();
        if (state != State.OPEN || now - nextTick < 0) {
            return;
        }
        long interval = ++ticks < EAGER_TICKS ? SECOND : settings.heartbeat().toNanos() / 8;
        nextTick = now + Math.min(LONGEST_TICK, Math.max(SECOND, interval));
        session.tick();
    }

    /** The connection is gone. */
    public void gone() {
        session.closed();
    }

    // What the transport looks at.

    /** Whether something waits to be written. */
    public boolean hasOutput() {
        return !outgoing.isEmpty();
    }

    /** Gives what is to be written next, about 64 KiB at most. */
    public void output(FrameBuffer buffer) {
        outgoing.batch(buffer);
    }

    /** Whether both sides have said close and all has been taken to be written. */
    public boolean isOver() {
        return state == State.CLOSED && outgoing.isEmpty();
    }

    /**
     * A phone that does not take what it is sent is not read from; one that is closed, only to find its close frame.
     */
    public boolean mayRead() {
        return state == State.OPEN ? outgoing.weight() < settings.unreadBound() / 4 : readSinceClose < READ_SINCE_CLOSE;
    }

    // What the session asks for.

    @Override
    public void send(ServerFrame frame) {
        if (state != State.OPEN) {
            return;
        }
        outgoing.add(frame);
        if (outgoing.weight() > settings.unreadBound()) {
            outgoing.drop();
            close(CloseReason.OVERLOAD, Limit.CONNECTION_UNREAD);
        }
    }

    @Override
    public void ping() {
        outgoing.ping();
    }

    @Override
    public void close(CloseReason reason) {
        close(reason, CloseText.of(reason));
    }

    @Override
    public ActorRef<ToSession> self() {
        return carrier.self();
    }

    @Override
    public void watch(ActorRef<SubscriberCommand> subscriber) {
        carrier.watch(subscriber);
    }

    private void handle(Incoming next) {
        if (next instanceof Incoming.Message message) {
            if ((message.kind() == Incoming.Kind.TEXT) == encoding.isText()) {
                frame(Frames.decodeClient(encoding, message.payload().shared()));
            } else {
                session.unreadable(Problem.of(ProblemType.MALFORMED, "this sub-protocol has other messages"));
            }
        } else if (next instanceof Incoming.Violation violation) {
            if (violation.reason() == CloseReason.TOO_BIG) {
                long limit = settings.messageBound(encoding);
                session.unreadable(Problem.of(ProblemType.TOO_LARGE).withLimit(limit));
            }
            close(violation.reason(), violation.rule());
        } else if (controlFrames.exceeds(nanoTime.getAsLong())) {
            close(CloseReason.POLICY, Limit.CONNECTION_PINGS);
        } else {
            session.heard();
            if (next instanceof Incoming.Ping ping) {
                outgoing.pong(ping.payload());
            }
        }
    }

    private void frame(Decoded<ClientFrame> decoded) {
        if (decoded instanceof Decoded.Good<ClientFrame> good) {
            session.received(good.value());
        } else if (decoded instanceof Decoded.Bad<ClientFrame> bad) {
            session.unreadable(bad.problem());
        }
    }

    private void answer(Incoming.Close close) {
        if (state == State.OPEN) {
            if (close.code() == Incoming.Close.NO_CODE) {
                outgoing.closeWithoutCode();
            } else {
                outgoing.close(close.code(), "");
            }
            carrier.cutAfter(settings.closeWithin());
        }
        state = State.CLOSED;
        session.closed();
    }

    private void close(CloseReason reason, Limit exhausted) {
        limits.refused(exhausted);
        close(reason, exhausted.word());
    }

    private void close(CloseReason reason, String text) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            outgoing.close(reason.code(), text);
            carrier.cutAfter(settings.closeWithin());
            session.closed();
        }
    }
}
