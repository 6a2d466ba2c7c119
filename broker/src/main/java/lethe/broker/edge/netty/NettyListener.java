package lethe.broker.edge.netty;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.broker.edge.connection.Entrance;
import lethe.broker.edge.connection.Listener;
import lethe.broker.loops.EventLoops;

/** A port on Netty: epoll where the system has it, else Java's selectors. */
public final class NettyListener implements Listener {
    private final ChannelGroup open;
    private final Entrance entrance;
    private final Channel port;

    private NettyListener(ChannelGroup open, Entrance entrance, Channel port) {
        this.open = open;
        this.entrance = entrance;
        this.port = port;
    }

    /**
     * Binds, and serves until {@link #cut}.
     *
     * @throws IllegalArgumentException if the files for TLS cannot be read
     */
    public static CompletionStage<Listener> bind(
            ActorSystem<?> system, InetSocketAddress address, TlsSettings security, Entrance entrance) {
        Tls tls = security.isOn() ? Tls.of(security, system.dispatchers().lookup(DispatcherSelector.blocking())) : null;
        EventLoops events = EventLoops.of(system);
        return Loop.all(events, system).thenCompose(loops -> {
            ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
            Reception reception = new Reception(entrance, open, tls, new Guide(system, loops, entrance));
            ChannelFuture bound = new ServerBootstrap()
                    .group(events.group())
                    .channel(events.serverChannel())
                    .option(ChannelOption.SO_BACKLOG, entrance.settings().backlog())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.ALLOCATOR, new CleanAllocator())
                    .childHandler(reception)
                    .bind(address);
            return listener(bound, () -> new NettyListener(open, entrance, bound.channel()));
        });
    }

    private static CompletionStage<Listener> listener(ChannelFuture bound, Supplier<Listener> listening) {
        CompletableFuture<Listener> listener = new CompletableFuture<>();
        bound.addListener(done -> {
            if (done.isSuccess()) {
                listener.complete(listening.get());
            } else {
                listener.completeExceptionally(done.cause());
            }
        });
        return listener;
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    @Override
    public int open() {
        return entrance.admissions().open();
    }

    @Override
    public CompletionStage<?> unbind() {
        CompletableFuture<Boolean> unbound = new CompletableFuture<>();
        var unused = port.close().addListener(closed -> unbound.complete(true));
        return unbound;
    }

    @Override
    public void cut() {
        unbind();
        var unused = open.close();
    }
}
