package lethe.broker.edge.stream;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.util.function.Function;
import lethe.broker.edge.socket.Carrier;
import lethe.broker.edge.socket.Socket;

/** One socket as a stage: a phone's bytes in, a broker's bytes out, a session inside. */
final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("SocketStage.in");
    private final Outlet<ByteString> out = Outlet.create("SocketStage.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Function<Carrier, Socket> sockets;

    SocketStage(Function<Carrier, Socket> sockets) {
        this.sockets = sockets;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new SocketLogic(shape, sockets);
    }
}
