package lethe.broker.edge.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lethe.broker.edge.connection.AddressKey;
import lethe.broker.edge.connection.Entrance;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import org.jspecify.annotations.Nullable;

/** Receives each connection: counts it, gives it so long to say what it wants, and shows it in. */
final class Reception extends ChannelInitializer<Channel> {
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);

    private final Entrance entrance;
    private final ChannelGroup open;
    private final @Nullable Tls tls;
    private final Guide guide;

    /**
     * For one listener.
     *
     * @param open where connections are kept while they are open
     * @param tls null if phones speak without it
     */
    Reception(Entrance entrance, ChannelGroup open, @Nullable Tls tls, Guide guide) {
        this.entrance = entrance;
        this.open = open;
        this.tls = tls;
        this.guide = guide;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            // Gone before it was received.
            var unused = channel.close();
            return;
        }
        AddressKey address = AddressKey.of(remote.getAddress());
        Optional<Limit> full = entrance.admissions().admit(address);
        if (full.isPresent()) {
            channel.pipeline().addLast(new TurnAway(entrance.refusal().apply(full.get())));
            var unused = cutAfter(channel, REFUSED_WITHIN);
            return;
        }
        var unused = channel.closeFuture()
                .addListener(closed -> entrance.admissions().release(address));
        open.add(channel);
        if (tls != null) {
            channel.pipeline().addLast(tls.handler(channel.alloc()));
        }
        Future<?> overdue = cutAfter(channel, entrance.settings().headerWithin());
        guide.receive(channel, address, () -> overdue.cancel(false));
    }

    private static Future<?> cutAfter(Channel channel, Duration time) {
        return channel.eventLoop()
                .schedule(
                        () -> {
                            channel.config().setOption(ChannelOption.SO_LINGER, 0);
                            var unused = channel.close();
                        },
                        time.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Hears the client out once, else the reset that follows unread bytes would eat the answer. */
    private static final class TurnAway extends ChannelInboundHandlerAdapter {
        private final Opaque refusal;

        TurnAway(Opaque refusal) {
            this.refusal = refusal;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.channel().config().setAutoRead(false);
            var unused = context.writeAndFlush(Unpooled.wrappedBuffer(refusal.shared()))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
