package lethe.broker.edge.netty;

import akka.actor.typed.ActorSystem;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;
import java.util.Objects;
import lethe.broker.edge.connection.AddressKey;
import lethe.broker.edge.connection.Entrance;

/** Finds out what a connection wants, and leads it to a socket or to HTTP. */
final class Guide {
    private final ActorSystem<?> system;
    private final IdentityHashMap<EventExecutor, Loop> loops;
    private final Entrance entrance;

    Guide(ActorSystem<?> system, IdentityHashMap<EventExecutor, Loop> loops, Entrance entrance) {
        this.system = system;
        this.loops = loops;
        this.entrance = entrance;
    }

    /**
     * Takes a connection that has said nothing yet.
     *
     * @param inTime to be run when it has said what it wants
     */
    void receive(Channel channel, AddressKey address, Runnable inTime) {
        Loop loop = Objects.requireNonNull(loops.get(channel.eventLoop()), "an event loop of another group");
        channel.pipeline()
                .addLast(new FirstBytes(
                        context -> Upgrading.addTo(
                                context,
                                loop,
                                entrance.sockets(),
                                () -> entrance.objection().apply(address),
                                inTime),
                        context -> {
                            inTime.run();
                            HttpBridge.addTo(context, entrance.http().connection(address), system);
                        }));
    }
}
