package lethe.broker.edge.stream;

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
import lethe.broker.edge.socket.Carrier;
import lethe.broker.edge.socket.Socket;
import lethe.broker.edge.websocket.FrameBuffer;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import scala.runtime.BoxedUnit;

/**
 * Carries a socket on Akka's streams. All of it happens on the stage's thread: bytes from the phone, demand for bytes,
 * messages from subscribers, timers; every event ends in {@link #settle}.
 */
final class SocketLogic extends TimerGraphStageLogic implements Carrier {
    private static final String TICK = "tick";
    private static final String CUT = "cut";
    private static final Duration EACH_SECOND = Duration.ofSeconds(1);

    private final Inlet<ByteString> in;
    private final Outlet<ByteString> out;
    private final Socket socket;
    private final FrameBuffer output = new FrameBuffer();

    SocketLogic(FlowShape<ByteString, ByteString> shape, Function<Carrier, Socket> sockets) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.socket = sockets.apply(this);
        setHandler(in, new Reading());
        setHandler(out, new Writing());
    }

    @Override
    public void preStart() {
        getStageActor(message -> {
            arrived(message._2());
            return BoxedUnit.UNIT;
        });
        scheduleWithFixedDelay(TICK, EACH_SECOND, EACH_SECOND);
        socket.opened();
        settle();
    }

    @Override
    public void postStop() {
        socket.gone();
    }

    @Override
    public ActorRef<ToSession> self() {
        return Adapter.toTyped(stageActor().ref());
    }

    @Override
    public void watch(ActorRef<SubscriberCommand> subscriber) {
        stageActor().watch(Adapter.toClassic(subscriber));
    }

    @Override
    public void cutAfter(Duration time) {
        scheduleOnce(CUT, time);
    }

    private void arrived(Object from) {
        if (from instanceof ToSession message) {
            socket.told(message);
        } else if (from instanceof Terminated) {
            socket.subscriberStopped();
        }
        settle();
    }

    @Override
    public void onTimer(Object key) {
        if (key.equals(CUT)) {
            cut();
        } else {
            socket.tick();
        }
        settle();
    }

    /** What is still unwritten will not be read: TCP resets rather than waits. */
    private void cut() {
        if (!socket.hasOutput() && isAvailable(out)) {
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
        if (isAvailable(out) && socket.hasOutput()) {
            socket.output(output);
            push(out, ByteString.fromArrayUnsafe(output.take()));
        }
        if (socket.isOver()) {
            completeStage();
        } else if (!isClosed(in) && !hasBeenPulled(in) && socket.mayRead()) {
            pull(in);
        }
    }

    private final class Reading extends AbstractInHandler {
        @Override
        public void onPush() {
            for (ByteBuffer part : grab(in).getByteBuffers()) {
                socket.read(part);
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
