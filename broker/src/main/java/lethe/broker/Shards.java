package lethe.broker;

import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.ShardingMessageExtractor;
import lethe.broker.subscriber.SubscriberCommand;

/**
 * Which shard a subscriber belongs to: the same choice as Akka's own, from names that are made once.
 *
 * <p>It is asked for every message. All nodes must answer alike.
 */
final class Shards extends ShardingMessageExtractor<ShardingEnvelope<SubscriberCommand>, SubscriberCommand> {
    private final String[] names;

    Shards(int count) {
        names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = Integer.toString(i);
        }
    }

    @Override
    public String entityId(ShardingEnvelope<SubscriberCommand> envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
        return names[Math.abs(entityId.hashCode() % names.length)];
    }

    @Override
    public SubscriberCommand unwrapMessage(ShardingEnvelope<SubscriberCommand> envelope) {
        return envelope.message();
    }
}
