package lethe.broker.loops;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.MessageDispatcher;
import akka.dispatch.MessageDispatcherConfigurator;
import com.typesafe.config.Config;
import io.netty.channel.epoll.Epoll;
import java.time.Duration;

/** Makes {@link EventLoops} of {@code lethe.loops}. Akka calls it by name, so it is public. */
public final class EventLoopsConfigurator extends MessageDispatcherConfigurator {
    private final EventLoops loops;

    /**
     * As Akka wants it.
     *
     * @throws IllegalArgumentException naming a setting that is out of bounds
     */
    public EventLoopsConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        int threads = config.getInt("threads");
        if (threads < 0) {
            throw new IllegalArgumentException("lethe.loops.threads is below 0: " + threads);
        }
        int count = threads == 0 ? leavingOne(Runtime.getRuntime().availableProcessors()) : threads;
        Duration late = config.getDuration("late-after");
        Duration veryLate = config.getDuration("overloaded-after");
        boolean epoll = config.getBoolean("epoll") && Epoll.isAvailable();
        Pauses pauses = new Pauses();
        loops = new EventLoops(
                this,
                config.getInt("throughput"),
                count,
                epoll,
                () -> new Lag(System::nanoTime, pauses, late.toNanos(), veryLate.toNanos()));
    }

    /** For the store's connection, HTTP, handshakes and the collector: beside them a loop would wait for its turn. */
    private static int leavingOne(int processors) {
        return Math.max(1, processors - 1);
    }

    @Override
    public MessageDispatcher dispatcher() {
        return loops;
    }
}
