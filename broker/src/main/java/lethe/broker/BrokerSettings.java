package lethe.broker;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lethe.broker.edge.resource.RegistrationSettings;
import lethe.broker.forgetting.ForgettingSettings;
import lethe.broker.limit.ReportSettings;
import lethe.broker.lookup.LookupSettings;
import lethe.broker.session.SessionSettings;
import lethe.broker.sms.GatewaySettings;
import lethe.broker.subscriber.SubscriberSettings;
import lethe.broker.sweep.SweepSettings;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.queue.Bounds;
import lethe.core.subscriber.Terms;

/**
 * Everything that can be set of a broker, read once at start. Nothing else reads keys.
 *
 * @param identityKeyFile the key under which tags become subscriber ids
 * @param forgetting how long keys live
 * @param policyEpoch in force, unless a later one was raised
 * @param policyTextFile empty path for the text that comes with Lethe
 * @param policyKey whose signature raises the policy; empty if nobody's does
 * @param reports what they come to
 * @param registration whom the broker believes
 * @param sweep how each slice looks for what is due
 * @param lookup how often who is listed is published
 * @param gateway where SMS are sent; empty if nowhere
 * @param auditEvery how often it is counted what is stored; at least a second
 */
record BrokerSettings(
        Path identityKeyFile,
        ForgettingSettings forgetting,
        long policyEpoch,
        Path policyTextFile,
        Optional<DeviceKey> policyKey,
        Terms terms,
        SubscriberSettings subscriber,
        ReportSettings reports,
        RegistrationSettings registration,
        SessionSettings session,
        SweepSettings sweep,
        LookupSettings lookup,
        Optional<GatewaySettings> gateway,
        Duration auditEvery) {
    /** What a frame may have beside an envelope's body, in either encoding. */
    private static final int AROUND_BODY = 32 * 1024;

    /** So much sooner than an epoch is over is it known what was renewed in it. */
    private static final int PROGRESS_STORED_AN_EPOCH = 8;

    BrokerSettings {
        Bounds queue = subscriber.bounds();
        if (terms.maxBody() > queue.bytes() / queue.shareDivisor()) {
            throw new IllegalArgumentException(
                    "lethe.message.max-body is more than one sender's share of lethe.queue.bytes");
        }
        if (auditEvery.toSeconds() < 1) {
            throw new IllegalArgumentException("lethe.retention.audit-every is below a second");
        }
    }

    /** Where the key is, for whoever needs nothing else: of a broker that could not start for other reasons too. */
    static Path identityKeyFile(Config whole) {
        return Path.of(whole.getString("lethe.identity.key-file"));
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
                identityKeyFile(whole),
                ForgettingSettings.from(lethe.getConfig("forgetting")),
                lethe.getLong("policy.epoch"),
                Path.of(lethe.getString("policy.text-file")),
                policyKey(lethe.getString("policy.key")),
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
                        subscriber.getInt("credit-limit"),
                        lethe.getDuration("registration.hold"),
                        subscriber.getInt("sends-per-second"),
                        subscriber.getInt("send-burst")),
                ReportSettings.from(lethe.getConfig("reports")),
                RegistrationSettings.from(lethe.getConfig("registration")),
                new SessionSettings(
                        session.getDuration("hello-within"),
                        session.getDuration("heartbeat"),
                        maxBody + AROUND_BODY,
                        session.getInt("frames-per-second"),
                        session.getInt("burst")),
                new SweepSettings(
                        lethe.getDuration("sweep.every"),
                        lethe.getDuration("forgetting.epoch").dividedBy(PROGRESS_STORED_AN_EPOCH)),
                LookupSettings.from(lethe.getConfig("lookup")),
                GatewaySettings.from(lethe.getConfig("gateway")),
                lethe.getDuration("retention.audit-every"));
    }

    private static Optional<DeviceKey> policyKey(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new DeviceKey(Opaque.fromText(text)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lethe.policy.key is no public key: 32 bytes in base64url");
        }
    }
}
