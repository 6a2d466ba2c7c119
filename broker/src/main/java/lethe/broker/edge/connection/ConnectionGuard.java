package lethe.broker.edge.connection;

import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The stage between TCP and HTTP that cuts a connection which takes too long: slow headers, a request that is never
 * answered, a peer that is idle or does not read. Once the connection has become a socket, it only passes bytes on.
 *
 * <p>Akka HTTP's own idle time-out starts anew with every byte, so one byte every few seconds holds a slot for ever.
 */
final class ConnectionGuard extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
    private static final Duration PRECISION = Duration.ofSeconds(1);

    private final Inlet<ByteString> fromHttp = Inlet.create("ConnectionGuard.fromHttp");
    private final Outlet<ByteString> toNet = Outlet.create("ConnectionGuard.toNet");
    private final Inlet<ByteString> fromNet = Inlet.create("ConnectionGuard.fromNet");
    private final Outlet<ByteString> toHttp = Outlet.create("ConnectionGuard.toHttp");
    private final ConnectionPhase phase;

    ConnectionGuard(ConnectionPhase phase) {
        this.phase = phase;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return new BidiShape<>(fromHttp, toNet, fromNet, toHttp);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        Logic() {
            super(ConnectionGuard.this.shape());
            pass(fromHttp, toNet, () -> {});
            pass(fromNet, toHttp, phase::bytesArrived);
        }

        @Override
        public void preStart() {
            scheduleWithFixedDelay("overdue", PRECISION, PRECISION);
        }

        @Override
        public void onTimer(Object key) {
            if (phase.isUpgraded()) {
                cancelTimer(key);
            } else if (phase.isOverdue()) {
                // Failing, not completing, this side makes TCP reset instead of waiting for the peer to take the rest.
                fail(toNet, new Overdue());
                complete(toHttp);
                cancel(fromNet);
                cancel(fromHttp);
            }
        }

        private void pass(Inlet<ByteString> in, Outlet<ByteString> out, Runnable onBytes) {
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    onBytes.run();
                    push(out, grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    complete(out);
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    fail(out, failure);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(in, cause);
                }
            });
        }
    }

    /** Why a connection was cut. Carries nothing. */
    static final class Overdue extends TimeoutException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
