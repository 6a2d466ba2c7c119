package lethe.broker.edge.netty;

import akka.actor.ActorCell;
import akka.actor.FunctionRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lethe.broker.edge.websocket.FrameBuffer;
import lethe.broker.loops.EventLoops;
import scala.runtime.BoxedUnit;

/**
 * What the sockets of one event loop share: the second hand, the end of a turn, and the actor under which they have
 * their addresses. Used on that event loop, but for {@link #address}.
 *
 * <p>The one place that uses Akka's <code>FunctionRef</code>, an internal class: an address in the actor system without
 * an actor behind it, as Akka's own stream stages have. Why: docs/decisions/0009-sockets-on-netty.md.
 */
final class Loop {
    private static final int MOST_TOUCHED = 256;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SingleThreadEventLoop events;
    private final ActorCell parent;
    private final Set<SocketHandler> sockets = new LinkedHashSet<>();
    private List<SocketHandler> touched = new ArrayList<>();
    private List<SocketHandler> settling = new ArrayList<>();
    private boolean turnEnds;
    private final FrameBuffer frames = new FrameBuffer();
    private final Runnable endOfTurn = this::settleAll;

    private Loop(SingleThreadEventLoop events, ActorCell parent) {
        this.events = events;
        this.parent = parent;
        var unused = events.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** One for each event loop of a group. */
    static CompletionStage<IdentityHashMap<EventExecutor, Loop>> all(EventLoops group, ActorSystem<?> system) {
        IdentityHashMap<EventExecutor, Loop> loops = new IdentityHashMap<>();
        CompletionStage<IdentityHashMap<EventExecutor, Loop>> all = CompletableFuture.completedFuture(loops);
        for (EventExecutor events : group.group()) {
            all = all.thenCombine(on((SingleThreadEventLoop) events, system), (some, loop) -> {
                some.put(events, loop);
                return some;
            });
        }
        return all;
    }

    /** The actor under which addresses live does nothing; it is there once it has run. */
    private static CompletionStage<Loop> on(SingleThreadEventLoop events, ActorSystem<?> system) {
        CompletableFuture<Loop> loop = new CompletableFuture<>();
        Behavior<Void> parent = Behaviors.setup(context -> {
            loop.complete(new Loop(events, (ActorCell) Adapter.toClassic(context)));
            return Behaviors.ignore();
        });
        system.systemActorOf(parent, "lethe-sockets-" + NUMBER.incrementAndGet(), Props.empty());
        return loop;
    }

    /**
     * An address in the actor system.
     *
     * @param ear hears on any thread what is sent there
     */
    FunctionRef address(Consumer<Object> ear) {
        return parent.addFunctionRef(
                (sender, message) -> {
                    ear.accept(message);
                    return BoxedUnit.UNIT;
                },
                "");
    }

    /** Nobody hears what is sent there from now on; who watches it is told. */
    void release(FunctionRef address) {
        parent.removeFunctionRef(address);
    }

    /** For what one socket is about to write. Empty before and after, or one phone would get what is another's. */
    FrameBuffer frames() {
        return frames;
    }

    void add(SocketHandler socket) {
        sockets.add(socket);
    }

    void remove(SocketHandler socket) {
        sockets.remove(socket);
    }

    /**
     * The socket has something to write when the loop has done what it is at: so what comes together leaves together.
     */
    void touch(SocketHandler socket) {
        touched.add(socket);
        if (!turnEnds) {
            events.executeAfterEventLoopIteration(endOfTurn);
            turnEnds = true;
        }
        if (touched.size() == MOST_TOUCHED) {
            // A turn in which more and more comes shall not hold back what it has brought.
            events.execute(endOfTurn);
        }
    }

    private void settleAll() {
        turnEnds = false;
        List<SocketHandler> all = touched;
        touched = settling;
        settling = all;
        for (int i = 0; i < all.size(); i++) {
            all.get(i).settle();
        }
        all.clear();
    }

    /** By a copy: a socket that fails may leave. */
    private void tick() {
        List.copyOf(sockets).forEach(SocketHandler::tick);
    }
}
