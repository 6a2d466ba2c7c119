package lethe.broker.edge.socket;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.util.function.Function;
import java.util.function.LongSupplier;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.wire.Encoding;

/** One socket as a stage: a phone's bytes in, a broker's bytes out, a session inside. */
public final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("SocketStage.in");
    private final Outlet<ByteString> out = Outlet.create("SocketStage.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private final Encoding encoding;
    private final SocketSettings settings;
    private final Function<Link, Session> sessions;
    private final LongSupplier nanoTime;

    /**
     * A socket that is open as soon as it runs.
     *
     * @param encoding of the sub-protocol that was agreed on
     * @param sessions makes the session
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public SocketStage(
            Encoding encoding, SocketSettings settings, Function<Link, Session> sessions, LongSupplier nanoTime) {
        this.encoding = encoding;
        this.settings = settings;
        this.sessions = sessions;
        this.nanoTime = nanoTime;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new SocketLogic(shape, encoding, settings, sessions, nanoTime);
    }
}
