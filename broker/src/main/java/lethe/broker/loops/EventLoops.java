package lethe.broker.loops;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.dispatch.Dispatcher;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

/**
 * The event loops of one actor system, and the Akka dispatcher that runs actors on them. Made once, by Akka, from
 * {@link #ID} in the configuration.
 */
public final class EventLoops extends Dispatcher {
    /** Where it is configured, and what actors' props name to run here. */
    public static final String ID = "lethe.loops";

    private static final FiniteDuration IDLE_AFTER = FiniteDuration.create(1, TimeUnit.SECONDS);
    private static final long SHUT_WITHIN_SECONDS = 2;

    /** Of a turn, what is not input and output is not limited: most of it is messages on their way out. */
    private static final int ALL_TASKS = 100;

    /** That of the loop whose thread looks; none on other threads. */
    private static final FastThreadLocal<Lag> LAG = new FastThreadLocal<>();

    private final EventLoopGroup group;
    private final boolean epoll;

    EventLoops(EventLoopsConfigurator configurator, int throughput, int threads, boolean epoll, Supplier<Lag> lags) {
        this(configurator, throughput, group(threads, epoll), epoll, lags);
    }

    private EventLoops(
            EventLoopsConfigurator configurator,
            int throughput,
            EventLoopGroup group,
            boolean epoll,
            Supplier<Lag> lags) {
        super(
                configurator,
                ID,
                throughput,
                Duration.Zero(),
                (id, threads) -> () -> new PinningExecutor(group),
                IDLE_AFTER);
        this.group = group;
        this.epoll = epoll;
        for (EventExecutor loop : group) {
            Lag lag = lags.get();
            loop.execute(() -> LAG.set(lag));
            lag.watch(loop);
        }
    }

    private static EventLoopGroup group(int threads, boolean epoll) {
        ThreadFactory factory = new DefaultThreadFactory("lethe-loop", true);
        if (!epoll) {
            NioEventLoopGroup group = new NioEventLoopGroup(threads, factory);
            group.setIoRatio(ALL_TASKS);
            return group;
        }
        EpollEventLoopGroup group = new EpollEventLoopGroup(threads, factory);
        group.setIoRatio(ALL_TASKS);
        return group;
    }

    /** Those of the given system. They end with it. */
    public static EventLoops of(ActorSystem<?> system) {
        return (EventLoops) system.dispatchers().lookup(DispatcherSelector.fromConfig(ID));
    }

    /** To carry sockets on. */
    public EventLoopGroup group() {
        return group;
    }

    /** The kind of port that goes with {@link #group}. */
    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Whether the loop whose thread asks is so far behind that what must be in time is better refused. */
    public static boolean isBehind() {
        Lag lag = LAG.getIfExists();
        return lag != null && lag.isLate();
    }

    /** Whether the loop whose thread asks is so far behind that all that is new is better refused. */
    public static boolean isFarBehind() {
        Lag lag = LAG.getIfExists();
        return lag != null && lag.isVeryLate();
    }

    /** Ends the threads. Not before the actor system has ended: its last actors run here. */
    public void end() {
        var unused = group.shutdownGracefully(0, SHUT_WITHIN_SECONDS, TimeUnit.SECONDS);
    }
}
