package lethe.broker.session;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.github.bucket4j.TimeMeter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import lethe.broker.limit.Limits;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.subscriber.Terms;

/** Opens sessions for whatever transport asks. Safe for use by many threads. */
public final class SessionFactory {
    private static final int NONCE_LENGTH = 32;

    private final Subscribers subscribers;
    private final SessionSettings settings;
    private final Terms terms;
    private final LongSupplier policyEpoch;
    private final Limits limits;
    private final Clock clock;
    private final TimeMeter bucketTime;
    private final ActorRef<Done> nobody;
    private final Doorstep doorstep;
    private final SecureRandom random = new SecureRandom();

    /**
     * A factory for one node.
     *
     * @param policyEpoch in force
     * @param limits counts how often each is exhausted
     * @param nobody an actor that ignores what it is told
     * @param doorstep where phones wait for a no
     */
    public SessionFactory(
            Subscribers subscribers,
            SessionSettings settings,
            Terms terms,
            LongSupplier policyEpoch,
            Limits limits,
            Clock clock,
            ActorRef<Done> nobody,
            Doorstep doorstep) {
        this.subscribers = subscribers;
        this.settings = settings;
        this.terms = terms;
        this.policyEpoch = policyEpoch;
        this.limits = limits;
        this.clock = clock;
        this.bucketTime = new BucketTime(clock);
        this.nobody = nobody;
        this.doorstep = doorstep;
    }

    /** A session over the given link. */
    public Session open(Link link) {
        SessionId id = new SessionId(random(SessionId.LENGTH));
        Opaque nonce = random(NONCE_LENGTH);
        return new Session(
                link,
                subscribers,
                settings,
                terms,
                policyEpoch,
                limits,
                clock,
                bucketTime,
                nobody,
                doorstep,
                id,
                nonce);
    }

    private Opaque random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
