package lethe.broker.edge.socket;

import akka.actor.Terminated;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import lethe.broker.edge.websocket.FrameDecoder;
import lethe.broker.edge.websocket.Incoming;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import scala.runtime.BoxedUnit;

/**
 * What a socket does. All of it happens on the stage's thread: bytes from the phone, demand for bytes, messages from
 * subscribers, timers.
 *
 * <p>Every event ends in {@link #settle}: what waits leaves in one piece if TCP takes it, else it waits for the next
 * demand and grows until then; so frames are batched exactly when the socket is busy. Reading stops while much waits,
 * so a phone that does not read is not read either, and what others still send it is bounded.
 *
 * <pre>
 * OPEN ──close frame queued──▶ CLOSING ──answered, all written──▶ (done)
 *                                 └────── not within the time ──▶ (cut: TCP reset)
 * </pre>
 */
final class SocketLogic extends TimerGraphStageLogic implements Link {
    private static final String TICK = "tick";
    private static final String CUT = "cut";
    private static final Duration EAGER_TICK = Duration.ofSeconds(1);
    private static final int EAGER_TICKS = 8;

    /**
     * In bytes. Reading on keeps TCP from resetting before the phone has our close frame; reading all would be work.
     */
    private static final int READ_SINCE_CLOSE = 256 * 1024;

    private enum State {
        OPEN,
        /** Our close frame is on its way; the phone's is awaited. */
        CLOSING,
        /** Both have said close, or the phone is gone: done once all is written. */
        CLOSED
    }

    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final Encoding encoding;
    private final SocketSettings settings;
    private final LongSupplier nanoTime;
    private final Session session;
    private final FrameDecoder decoder;
    private final Outgoing outgoing;
    private final Incoming.Kind kind;
    private final FrameRate controlFrames;

    private State state = State.OPEN;
    private long heardAt;
    private int ticks;
    private int readSinceClose;

    SocketLogic(
            FlowShape<ByteString, ByteString> shape,
            Encoding encoding,
            SocketSettings settings,
            Function<Link, Session> sessions,
            LongSupplier nanoTime) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.encoding = encoding;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.decoder = new FrameDecoder(settings.messageBound(encoding));
        this.outgoing = new Outgoing(encoding);
        this.kind = encoding.isText() ? Incoming.Kind.TEXT : Incoming.Kind.BINARY;
        this.heardAt = nanoTime.getAsLong();
        this.controlFrames = new FrameRate(settings.controlFramesPerSecond(), heardAt);
        this.session = sessions.apply(this);
        setHandler(in, new Reading());
        setHandler(out, new Writing());
    }

    @Override
    public void preStart() {
        getStageActor(message -> {
            arrived(message._2());
            return BoxedUnit.UNIT;
        });
        scheduleOnce(TICK, EAGER_TICK);
        session.opened();
        settle();
    }

    @Override
    public void postStop() {
        session.closed();
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
            close(CloseReason.OVERLOAD);
        }
    }

    @Override
    public void close(CloseReason reason) {
        close(reason, CloseText.of(reason));
    }

    @Override
    public ActorRef<ToSession> self() {
        return Adapter.toTyped(stageActor().ref());
    }

    @Override
    public void watch(ActorRef<SubscriberCommand> subscriber) {
        stageActor().watch(Adapter.toClassic(subscriber));
    }

    // What comes from subscribers.

    private void arrived(Object from) {
        if (from instanceof ToSession message) {
            session.told(message);
        } else if (from instanceof Terminated) {
            session.subscriberStopped();
        }
        settle();
    }

    // What comes from the phone.

    private void read(ByteBuffer bytes) {
        for (Incoming next = decoder.next(bytes); next != null; next = decoder.next(bytes)) {
            if (next instanceof Incoming.Close close) {
                answer(close);
            } else if (state == State.OPEN) {
                handle(next);
            }
        }
    }

    private void handle(Incoming next) {
        if (next instanceof Incoming.Message message) {
            if (message.kind() == kind) {
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
            close(CloseReason.POLICY, "too many pings");
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
            scheduleOnce(CUT, settings.closeWithin());
        }
        state = State.CLOSED;
        session.closed();
    }

    private void close(CloseReason reason, String text) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            outgoing.close(reason.code(), text);
            scheduleOnce(CUT, settings.closeWithin());
            session.closed();
        }
    }

    // What time brings.

    @Override
    public void onTimer(Object key) {
        if (key.equals(CUT)) {
            cut();
        } else if (state == State.OPEN) {
            tick();
        }
        settle();
    }

    private void tick() {
        session.tick();
        Duration interval =
                ++ticks < EAGER_TICKS ? EAGER_TICK : settings.heartbeat().dividedBy(8);
        scheduleOnce(TICK, interval.compareTo(EAGER_TICK) > 0 ? interval : EAGER_TICK);
        if (state == State.OPEN
                && nanoTime.getAsLong() - heardAt > settings.heartbeat().toNanos() / 2) {
            heardAt = nanoTime.getAsLong();
            outgoing.ping();
        }
    }

    /** What is still unwritten will not be read: TCP resets rather than waits. */
    private void cut() {
        if (outgoing.isEmpty() && isAvailable(out)) {
            completeStage();
        } else {
            failStage(new NotRead());
        }
    }

    /** Ends every event. */
    private void settle() {
        if (isClosed(out)) {
            return;
        }
        if (isAvailable(out) && !outgoing.isEmpty()) {
            push(out, ByteString.fromArrayUnsafe(outgoing.batch()));
        }
        if (state == State.CLOSED && outgoing.isEmpty()) {
            completeStage();
        } else if (!isClosed(in) && !hasBeenPulled(in) && mayRead()) {
            pull(in);
        }
    }

    /**
     * A phone that does not take what it is sent is not read from; one that is closed, only to find its close frame.
     */
    private boolean mayRead() {
        return state == State.OPEN ? outgoing.weight() < settings.unreadBound() / 4 : readSinceClose < READ_SINCE_CLOSE;
    }

    private final class Reading extends AbstractInHandler {
        @Override
        public void onPush() {
            heardAt = nanoTime.getAsLong();
            ByteString bytes = grab(in);
            if (state != State.OPEN) {
                readSinceClose += bytes.size();
            }
            for (ByteBuffer part : bytes.getByteBuffers()) {
                read(part);
            }
            settle();
        }

        @Override
        public void onUpstreamFinish() {
            // TCP has no half-open connections here: nobody would read what is left.
            completeStage();
        }
    }

    private final class Writing extends AbstractOutHandler {
        @Override
        public void onPull() {
            settle();
        }
    }

    /** Why a connection was cut. Carries nothing. */
    private static final class NotRead extends TimeoutException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
