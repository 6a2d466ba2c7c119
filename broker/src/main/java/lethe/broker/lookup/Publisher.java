package lethe.broker.lookup;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.core.consent.Policy;
import lethe.core.lookup.PublishedSet;
import lethe.persistence.lookup.PublishedTable;
import lethe.persistence.plugin.LetheStore;
import org.jspecify.annotations.Nullable;

/** Publishes who is listed when it is time, on one node of the cluster. */
public final class Publisher extends AbstractBehavior<Publisher.Command> {
    private final Publishing publishing;
    private boolean busy;

    /** Lets this node take its turn. Returns what it serves, whoever has published it. */
    public static PublishedSets start(
            ActorSystem<?> system,
            LetheStore store,
            SetSigner signer,
            Supplier<Policy> policy,
            LookupSettings settings,
            Clock clock) {
        CompletionStage<PublishedTable> published = store.published();
        Publishing publishing = new Publishing(store.listings(), published, signer, policy, settings, clock);
        Behavior<Command> publisher =
                Behaviors.supervise(create(publishing, settings.look())).onFailure(SupervisorStrategy.restart());
        ClusterSingleton.get(system).init(SingletonActor.of(publisher, "lookup-publisher"));
        return new PublishedSets(published, policy, settings, clock);
    }

    private static Behavior<Command> create(Publishing publishing, Duration look) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, look);
            return new Publisher(context, publishing);
        }));
    }

    private Publisher(ActorContext<Command> context, Publishing publishing) {
        super(context);
        this.publishing = publishing;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(Looked.class, this::onLooked)
                .build();
    }

    private Behavior<Command> onLook() {
        if (!busy) {
            busy = true;
            getContext().pipeToSelf(publishing.look(), Looked::new);
        }
        return this;
    }

    private Behavior<Command> onLooked(Looked looked) {
        busy = false;
        Optional<PublishedSet> published = looked.published();
        if (published == null) {
            getContext()
                    .getLog()
                    .warn(
                            "who is listed could not be published; is the store reachable? It is tried again",
                            looked.failure());
        } else if (published.isPresent()) {
            PublishedSet set = published.get();
            getContext()
                    .getLog()
                    .debug(
                            "published the set of day {}, hour {}: {} entries, {} bytes",
                            set.day(),
                            set.hour(),
                            set.count(),
                            set.size());
        }
        return this;
    }

    /** What a publisher is told. */
    public sealed interface Command {}

    private enum Look implements Command {
        LOOK
    }

    /**
     * It has looked.
     *
     * @param published null if it failed
     * @param failure null if it did not
     */
    @SuppressWarnings("NullableOptional") // what a stage hands over when it fails
    private record Looked(
            @Nullable Optional<PublishedSet> published,
            @Nullable Throwable failure) implements Command {}
}
