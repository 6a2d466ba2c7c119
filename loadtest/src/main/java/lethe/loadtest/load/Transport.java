package lethe.loadtest.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** How this machine does sockets best: epoll on Linux, else Java's own. */
final class Transport {
    private Transport() {}

    static EventLoopGroup loops(int threads) {
        var daemons = new DefaultThreadFactory("load", true);
        return Epoll.isAvailable()
                ? new EpollEventLoopGroup(threads, daemons)
                : new NioEventLoopGroup(threads, daemons);
    }

    static Class<? extends Channel> channel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}
