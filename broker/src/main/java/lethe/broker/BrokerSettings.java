package lethe.broker;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import lethe.broker.session.SessionSettings;
import lethe.broker.subscriber.SubscriberSettings;
import lethe.core.queue.Bounds;
import lethe.core.subscriber.Terms;

/**
 * Everything that can be set of a broker, read once at start. Nothing else reads keys.
 *
 * @param identityKeyFile the key under which tags become subscriber ids
 * @param policyEpoch in force
 * @param policyTextFile empty path for the text that comes with Lethe
 * @param sweepEvery how often each slice looks for what is due
 */
record BrokerSettings(
        Path identityKeyFile,
        long policyEpoch,
        Path policyTextFile,
        Terms terms,
        SubscriberSettings subscriber,
        SessionSettings session,
        Duration sweepEvery) {
    /** What a frame may have beside an envelope's body, in either encoding. */
    private static final int AROUND_BODY = 32 * 1024;

    BrokerSettings {
        Bounds queue = subscriber.bounds();
        if (terms.maxBody() > queue.bytes() / queue.shareDivisor()) {
            throw new IllegalArgumentException(
                    "lethe.message.max-body is more than one sender's share of lethe.queue.bytes");
        }
    }

    /** Reads {@code lethe}. */
    static BrokerSettings from(Config whole) {
        Config lethe = whole.getConfig("lethe");
        Config queue = lethe.getConfig("queue");
        Config subscriber = lethe.getConfig("subscriber");
        Config session = lethe.getConfig("session");
        int maxBody = Math.toIntExact(lethe.getBytes("message.max-body"));
        Duration holdWindow = subscriber.getDuration("hold-window");
        return new BrokerSettings(
                Path.of(lethe.getString("identity.key-file")),
                lethe.getLong("policy.epoch"),
                Path.of(lethe.getString("policy.text-file")),
                new Terms(
                        maxBody,
                        lethe.getDuration("message.lifetime"),
                        holdWindow,
                        lethe.getDuration("message.deadline")),
                new SubscriberSettings(
                        new Bounds(queue.getInt("messages"), queue.getBytes("bytes"), queue.getInt("share-divisor")),
                        holdWindow,
                        subscriber.getDuration("gather"),
                        subscriber.getDuration("idle-after"),
                        subscriber.getInt("credit-limit")),
                new SessionSettings(
                        session.getDuration("hello-within"),
                        session.getDuration("heartbeat"),
                        maxBody + AROUND_BODY,
                        session.getInt("frames-per-second"),
                        session.getInt("burst")),
                lethe.getDuration("sweep.every"));
    }
}
