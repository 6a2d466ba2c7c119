package lethe.broker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.broker.limit.Limits;
import lethe.broker.limit.Reports;
import lethe.broker.loops.EventLoops;
import lethe.broker.session.Subscribers;
import lethe.broker.subscriber.Commons;
import lethe.broker.subscriber.PrekeyStore;
import lethe.broker.subscriber.Present;
import lethe.broker.subscriber.Pressure;
import lethe.broker.subscriber.Subscriber;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.SubscriberSettings;
import lethe.core.consent.Policy;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.SubscriberIds;
import lethe.core.identity.Tag;

/** The subscribers of a cluster, one actor each, divided among its nodes by subscriber id. */
final class ShardedSubscribers implements Subscribers {
    private final SubscriberIds ids;
    private final ClusterSharding sharding;
    private final ActorRef<ShardingEnvelope<SubscriberCommand>> region;
    private final Present present;
    private final Pressure pressure;

    private ShardedSubscribers(
            SubscriberIds ids,
            ClusterSharding sharding,
            ActorRef<ShardingEnvelope<SubscriberCommand>> region,
            Present present,
            Pressure pressure) {
        this.ids = ids;
        this.present = present;
        this.pressure = pressure;
        this.sharding = sharding;
        this.region = region;
    }

    /**
     * Lets this node take its share of the subscribers.
     *
     * @param released is told the persistence id of an actor that has stopped
     * @param prekeys where stored prekeys are read
     * @param limits counts how often each is exhausted
     * @param reports whom subscribers have reported
     */
    static ShardedSubscribers start(
            ActorSystem<?> system,
            SubscriberIds ids,
            SubscriberSettings settings,
            Supplier<Policy> policy,
            Clock clock,
            Consumer<String> released,
            PrekeyStore prekeys,
            Limits limits,
            Reports reports) {
        Pressure pressure = new LoopPressure();
        Present present = new Present(pressure);
        Commons commons = new Commons(settings, policy, clock, released, prekeys, present, pressure, limits, reports);
        Entity<SubscriberCommand, ShardingEnvelope<SubscriberCommand>> entity = Entity.of(
                        Subscriber.KEY,
                        context -> Subscriber.create(
                                SubscriberId.fromText(context.getEntityId()), context.getShard(), commons))
                .withEntityProps(DispatcherSelector.fromConfig(EventLoops.ID))
                .withStopMessage(SubscriberCommand.Stop.STOP)
                .withMessageExtractor(
                        new Shards(ClusterShardingSettings.create(system).numberOfShards()));
        ClusterSharding sharding = ClusterSharding.get(system);
        return new ShardedSubscribers(ids, sharding, sharding.init(entity), present, pressure);
    }

    @Override
    public SubscriberId id(Tag tag) {
        return ids.of(tag);
    }

    @Override
    public void tell(SubscriberId subscriber, SubscriberCommand command) {
        if (command instanceof SubscriberCommand.Deliver deliver) {
            if (present.deliver(subscriber, deliver)) {
                return;
            }
            if (pressure.isFarBehind()) {
                deliver.refuse();
                return;
            }
        }
        region.tell(new ShardingEnvelope<>(subscriber.toText(), command));
    }

    @Override
    public <A> CompletionStage<A> ask(
            SubscriberId subscriber, Function<ActorRef<A>, SubscriberCommand> command, Duration patience) {
        return sharding.entityRefFor(Subscriber.KEY, subscriber.toText()).ask(command::apply, patience);
    }
}
