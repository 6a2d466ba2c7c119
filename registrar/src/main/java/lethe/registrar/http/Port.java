package lethe.registrar.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A port that is open, and serves until it is closed. */
public final class Port implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final int BACKLOG = 256;

    private final EventLoopGroup loops;
    private final Workers workers;
    private final Channel channel;

    private Port(EventLoopGroup loops, Workers workers, Channel channel) {
        this.loops = loops;
        this.workers = workers;
        this.channel = channel;
    }

    /** Opens a port with TLS. */
    public static Port open(InetSocketAddress address, ServerTls tls, Limits limits, Service service)
            throws IOException {
        return bind(address, tls, limits, service);
    }

    /**
     * Opens a port without TLS, which only this machine reaches.
     *
     * @throws IllegalArgumentException if the address is not one of the loopback
     */
    public static Port openOnLoopback(InetSocketAddress address, Limits limits, Service service) throws IOException {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("without TLS on the loopback only");
        }
        return bind(address, null, limits, service);
    }

    private static Port bind(InetSocketAddress address, @Nullable ServerTls tls, Limits limits, Service service)
            throws IOException {
        EventLoopGroup loops = new NioEventLoopGroup(LOOPS, new DefaultThreadFactory("port", true));
        Workers workers = new Workers(limits);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new Reception(new Gate(limits), limits, workers, service, tls))
                .bind(address)
                .awaitUninterruptibly();
        Port port = new Port(loops, workers, bound.channel());
        if (!bound.isSuccess()) {
            port.close();
            throw new IOException(
                    "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort());
        }
        return port;
    }

    /** Where it listens, with the port that the system gave if it was asked for any. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Returns when it is closed. */
    public void awaitEnd() throws InterruptedException {
        channel.closeFuture().await();
    }

    /** Closes the port, then its connections; what waits to be answered goes unanswered. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        workers.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Receives each connection: counts it, and gives it so long. */
    private static final class Reception extends ChannelInitializer<Channel> {
        private final Gate gate;
        private final Limits limits;
        private final Workers workers;
        private final Service service;
        private final @Nullable ServerTls tls;

        Reception(Gate gate, Limits limits, Workers workers, Service service, @Nullable ServerTls tls) {
            this.gate = gate;
            this.limits = limits;
            this.workers = workers;
            this.service = service;
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel connection) {
            Optional<InetAddress> address = Optional.ofNullable((InetSocketAddress) connection.remoteAddress())
                    .map(InetSocketAddress::getAddress);
            if (address.isEmpty() || !gate.enter(address.get())) {
                // One that has gone already, or one too many: there is no room to tell it in.
                var unused = connection.close();
                return;
            }
            var unused = connection.closeFuture().addListener(closed -> gate.leave(address.get()));
            if (tls != null) {
                connection.pipeline().addLast(tls.handler(connection.alloc()));
            }
            connection
                    .pipeline()
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()
                            .setMaxInitialLineLength(limits.target())
                            .setMaxHeaderSize(limits.headers())))
                    .addLast(new FlowControlHandler())
                    .addLast(new Exchanges(limits, workers, service));
        }
    }
}
