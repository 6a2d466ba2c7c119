package lethe.broker.edge.netty;

import com.typesafe.config.Config;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.util.concurrent.ThreadFactory;

/**
 * How the port is carried by Netty.
 *
 * @param threads event loops; 0 for one a processor
 * @param epoll whether Linux's epoll is used where there is one
 * @param certificateChain PEM; empty for no TLS
 * @param privateKey PEM
 */
public record NettySettings(int threads, boolean epoll, File certificateChain, File privateKey) {
    public NettySettings {
        if (threads < 0) {
            throw new IllegalArgumentException("lethe.edge.netty.threads is below 0: " + threads);
        }
        if (certificateChain.getPath().isEmpty() != privateKey.getPath().isEmpty()) {
            throw new IllegalArgumentException("lethe.edge.tls: certificate-chain and private-key belong together");
        }
    }

    /** Reads {@code lethe.edge}. */
    public static NettySettings from(Config edge) {
        return new NettySettings(
                edge.getInt("netty.threads"),
                edge.getBoolean("netty.epoll"),
                new File(edge.getString("tls.certificate-chain")),
                new File(edge.getString("tls.private-key")));
    }

    /** Whether phones speak TLS. */
    public boolean tls() {
        return !certificateChain.getPath().isEmpty();
    }

    EventLoopGroup eventLoops() {
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        ThreadFactory factory = new DefaultThreadFactory("lethe-edge", true);
        return usesEpoll() ? new EpollEventLoopGroup(count, factory) : new NioEventLoopGroup(count, factory);
    }

    Class<? extends ServerChannel> serverChannel() {
        return usesEpoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private boolean usesEpoll() {
        return epoll && Epoll.isAvailable();
    }
}
