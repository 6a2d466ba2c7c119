package lethe.broker.loops;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs every task on the event loop that its identity picks. Akka's tasks are mailboxes, one for each actor for life:
 * so an actor stays on one thread, and actors are spread over all of them.
 *
 * <p>Does not end the event loops when Akka ends it for want of actors: sockets live on them too.
 */
final class PinningExecutor extends AbstractExecutorService {
    private final EventExecutor[] loops;
    private volatile boolean ended;

    PinningExecutor(EventLoopGroup group) {
        List<EventExecutor> all = new ArrayList<>();
        group.forEach(all::add);
        this.loops = all.toArray(new EventExecutor[0]);
    }

    @Override
    public void execute(Runnable task) {
        // The low bits of an identity are as good as any.
        loops[(System.identityHashCode(task) & Integer.MAX_VALUE) % loops.length].execute(task);
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        ended = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }
}
