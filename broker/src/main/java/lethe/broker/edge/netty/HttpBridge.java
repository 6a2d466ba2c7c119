package lethe.broker.edge.netty;

import akka.actor.typed.ActorSystem;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A Netty channel as a stage: takes a stream's bytes to the peer, and gives the peer's bytes to the stream. Reads and
 * writes one piece at a time, as the stream asks and as TCP takes.
 */
final class HttpBridge extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> toPeer = Inlet.create("HttpBridge.toPeer");
    private final Outlet<ByteString> fromPeer = Outlet.create("HttpBridge.fromPeer");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(toPeer, fromPeer);
    private final Channel channel;

    private HttpBridge(Channel channel) {
        this.channel = channel;
    }

    /** Takes its place at the end of a pipeline, and lets the server serve the connection. */
    static void addTo(ChannelHandlerContext context, Flow<ByteString, ByteString, ?> server, ActorSystem<?> system) {
        context.channel().config().setAutoRead(false);
        server.join(Flow.fromGraph(new HttpBridge(context.channel()))).run(system);
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    /** Called on the channel's event loop, so the handler is in its place before the next byte. */
    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        Logic logic = new Logic();
        channel.pipeline().addLast(new Inbound(logic.arrived, logic.ended));
        return logic;
    }

    private static final class Inbound extends ChannelInboundHandlerAdapter {
        private final AsyncCallback<ByteString> arrived;
        private final AsyncCallback<Boolean> ended;

        Inbound(AsyncCallback<ByteString> arrived, AsyncCallback<Boolean> ended) {
            this.arrived = arrived;
            this.ended = ended;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            arrived.invoke(ByteString.fromArrayUnsafe(ByteBufUtil.getBytes(bytes)));
            bytes.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended.invoke(true);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<ByteString> arrived = createAsyncCallback(this::arrive);
        private final AsyncCallback<Boolean> ended = createAsyncCallback(gone -> completeStage());
        private final AsyncCallback<Boolean> written = createAsyncCallback(this::wrote);
        private final Queue<ByteString> unread = new ArrayDeque<>(1);

        Logic() {
            super(shape);
            setHandler(toPeer, new Writing());
            setHandler(fromPeer, new Reading());
        }

        @Override
        public void preStart() {
            pull(toPeer);
        }

        private void arrive(ByteString bytes) {
            if (isAvailable(fromPeer)) {
                push(fromPeer, bytes);
            } else if (!isClosed(fromPeer)) {
                unread.add(bytes);
            }
        }

        private void wrote(boolean well) {
            if (!well) {
                completeStage();
            } else if (!isClosed(toPeer)) {
                pull(toPeer);
            }
        }

        private final class Writing extends AbstractInHandler {
            @Override
            public void onPush() {
                ByteBuf bytes = Unpooled.wrappedBuffer(grab(toPeer).asByteBuffer());
                var unused = channel.writeAndFlush(bytes)
                        .addListener((ChannelFuture done) -> written.invoke(done.isSuccess()));
            }

            @Override
            public void onUpstreamFinish() {
                var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                // Resets, rather than waits for the peer to take the rest.
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                var unused = channel.close();
                completeStage();
            }
        }

        private final class Reading extends AbstractOutHandler {
            @Override
            public void onPull() {
                ByteString next = unread.poll();
                if (next == null) {
                    channel.read();
                } else {
                    push(fromPeer, next);
                }
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                // The server wants to hear no more; what it still says goes out.
                unread.clear();
            }
        }
    }
}
