package lethe.broker.edge.netty;

import akka.actor.FunctionRef;
import akka.actor.Terminated;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lethe.broker.edge.socket.Carrier;
import lethe.broker.edge.socket.Socket;
import lethe.broker.edge.websocket.FrameBuffer;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import org.jspecify.annotations.Nullable;

/**
 * Carries a socket on a Netty channel: the last handler of its pipeline, on the channel's event loop.
 *
 * <p>What subscribers say comes on their threads and is queued to the loop. Every event ends in {@link #settle}, that
 * of messages at the end of the loop's turn: what came together is written with one call of the system.
 */
final class SocketHandler extends ChannelInboundHandlerAdapter implements Carrier {
    private final Loop loop;
    private final FunctionRef address;
    private final ActorRef<ToSession> self;
    private final Socket socket;
    private @Nullable ChannelHandlerContext context;
    private boolean touched;
    private boolean ended;

    SocketHandler(Loop loop, Function<Carrier, Socket> sockets) {
        this.loop = loop;
        this.address = loop.address(this::hear);
        this.self = Adapter.toTyped(address);
        this.socket = sockets.apply(this);
    }

    /** The handshake has been answered: the socket begins. */
    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        loop.add(this);
        socket.opened();
        settle();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "asked before it was added");
    }

    @Override
    public ActorRef<ToSession> self() {
        return self;
    }

    @Override
    public void watch(ActorRef<SubscriberCommand> subscriber) {
        address.watch(Adapter.toClassic(subscriber));
    }

    @Override
    public void cutAfter(Duration time) {
        var unused = context().executor().schedule(this::cut, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * On the thread of whoever sends. A subscriber on this loop is heard at once: it stays on its thread for life, so
     * nothing of it overtakes anything.
     */
    private void hear(Object message) {
        EventExecutor own = context().executor();
        if (own.inEventLoop()) {
            listen(message);
        } else {
            own.execute(() -> listen(message));
        }
    }

    private void listen(Object message) {
        guarded(() -> {
            told(message);
            touch();
        });
    }

    private void told(Object message) {
        if (message instanceof ToSession said) {
            socket.told(said);
        } else if (message instanceof Terminated) {
            socket.subscriberStopped();
        }
    }

    /**
     * A defect ends the connection that it is about, as it does for one that is read from, and no other; nor does it
     * end the timer or the turn in which others have their part. Netty's buffers end with an error of their own.
     */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | OutOfMemoryError defect) {
            fail(defect);
        }
    }

    private void fail(Throwable defect) {
        context().fireExceptionCaught(defect);
        var unused = context().close();
    }

    private void touch() {
        if (!touched) {
            touched = true;
            loop.touch(this);
        }
    }

    void tick() {
        guarded(socket::tick);
        if (socket.hasOutput()) {
            touch();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            socket.read(view(bytes));
        } finally {
            bytes.release();
        }
    }

    /**
     * The buffer's own view where it has one, for nothing: nobody else holds it, and the socket keeps nothing of it.
     */
    private static ByteBuffer view(ByteBuf bytes) {
        return bytes.nioBufferCount() == 1
                ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
                : bytes.nioBuffer();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        settle();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext from) {
        touch();
    }

    /** Ends every event. */
    void settle() {
        touched = false;
        if (!ended) {
            guarded(this::write);
        }
    }

    private void write() {
        Channel channel = context().channel();
        boolean written = false;
        while (socket.hasOutput() && channel.isWritable()) {
            var unused = context().write(output(), context().voidPromise());
            written = true;
        }
        if (written) {
            context().flush();
        }
        if (socket.isOver()) {
            ended = true;
            var unused = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (channel.config().isAutoRead() != socket.mayRead()) {
            channel.config().setAutoRead(socket.mayRead());
        }
    }

    private ByteBuf output() {
        FrameBuffer frames = loop.frames();
        try {
            socket.output(frames);
            ByteBuf bytes = context().alloc().ioBuffer(frames.size());
            bytes.writeBytes(frames.view());
            return bytes;
        } finally {
            // Whatever happens: the next to write here is another phone's socket.
            frames.clear();
        }
    }

    /** What is still unwritten will not be read: TCP resets rather than waits. */
    private void cut() {
        Channel channel = context().channel();
        if (socket.hasOutput() || !isAllWritten(channel)) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        var unused = channel.close();
    }

    private static boolean isAllWritten(Channel channel) {
        ChannelOutboundBuffer unwritten = channel.unsafe().outboundBuffer();
        return unwritten == null || unwritten.isEmpty();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        ended = true;
        loop.remove(this);
        loop.release(address);
        socket.gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        if (cause instanceof RuntimeException defect && !(cause instanceof DecoderException)) {
            fail(defect);
        } else {
            // The peer reset the connection, or TLS failed: nobody is there to be told.
            var unused = failed.close();
        }
    }
}
