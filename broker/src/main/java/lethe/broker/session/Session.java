package lethe.broker.session;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.Outcome;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.ToSession;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.subscriber.Terms;
import org.jspecify.annotations.Nullable;

/**
 * One live connection of a device.
 *
 * <p>Keeps no message: what it sends on is kept by the recipient's actor or by the phone, so it may die at any time.
 * Belongs to one transport, which calls it on one thread.
 */
public final class Session {
    private enum Phase {
        GREETING,
        JOINING,
        LIVE,
        OVER
    }

    /** A subscriber that takes longer cannot be read now: the phone tries again later. */
    private static final Duration JOINED_WITHIN = Duration.ofSeconds(15);

    /** A stranger hears no so long after its hello at the earliest: the time shall not tell what was found. */
    private static final Duration DENIED_AFTER = Duration.ofSeconds(1);

    private final Link link;
    private final Subscribers subscribers;
    private final SessionSettings settings;
    private final Terms terms;
    private final LongSupplier policyEpoch;
    private final Clock clock;
    private final ActorRef<Done> nobody;
    private final Doorstep doorstep;
    private final SessionId id;
    private final Opaque nonce;
    private final Allowances allowances;

    private Phase phase = Phase.GREETING;
    private final Instant since;
    private Instant heard;
    private Instant pinged;
    private @Nullable SubscriberId self;
    private @Nullable Requests requests;

    /** The phone is none of the subscriber's, and has not been told yet. */
    private boolean denied;

    /** Of the consent that let the phone in. */
    private long epoch;

    /**
     * A connection that has just been opened.
     *
     * @param policyEpoch in force
     * @param limits counts how often each is exhausted
     * @param bucketTime the same clock, for allowances
     * @param nobody an actor that ignores what it is told
     * @param doorstep where the phone waits for a no
     * @param id random
     * @param nonce random, for the phone to sign
     */
    public Session(
            Link link,
            Subscribers subscribers,
            SessionSettings settings,
            Terms terms,
            LongSupplier policyEpoch,
            Limits limits,
            Clock clock,
            TimeMeter bucketTime,
            ActorRef<Done> nobody,
            Doorstep doorstep,
            SessionId id,
            Opaque nonce) {
        this.link = link;
        this.subscribers = subscribers;
        this.settings = settings;
        this.terms = terms;
        this.policyEpoch = policyEpoch;
        this.clock = clock;
        this.nobody = nobody;
        this.doorstep = doorstep;
        this.id = id;
        this.nonce = nonce;
        this.allowances = new Allowances(settings, limits, bucketTime);
        this.since = clock.instant();
        this.heard = since;
        this.pinged = since;
    }

    /** The transport is ready: the phone is challenged. */
    public void opened() {
        link.send(new ServerFrame.Challenge(nonce));
    }

    /** Something came from the phone, if only a pong. */
    public void heard() {
        heardAt(clock.instant());
    }

    /** Before the phone is in, only {@code hello} counts as a sign of life. */
    private void heardAt(Instant now) {
        if (phase == Phase.LIVE) {
            heard = now;
        }
    }

    /** The phone sent a frame. */
    public void received(ClientFrame frame) {
        if (phase == Phase.OVER) {
            return;
        }
        Instant now = clock.instant();
        heardAt(now);
        if (frame instanceof ClientFrame.Hello hello && phase == Phase.GREETING) {
            greet(hello, now);
        } else if (frame instanceof ClientFrame.Bye) {
            close(CloseReason.BYE);
        } else if (phase != Phase.LIVE || frame instanceof ClientFrame.Hello) {
            link.send(new ServerFrame.Refused(refOf(frame), Problem.of(ProblemType.OUT_OF_TURN)));
            close(CloseReason.PROTOCOL_ERROR);
        } else if (hasLapsed() && !(frame instanceof ClientFrame.Ack)) {
            close(CloseReason.NO_CONSENT);
        } else if (isAllowed(frame)) {
            Objects.requireNonNull(requests).serve(frame, now);
        }
    }

    /** The policy was raised since the phone came in: it counts as absent, but what it has taken, it has. */
    private boolean hasLapsed() {
        return phase == Phase.LIVE && epoch < policyEpoch.getAsLong();
    }

    /** The phone sent something that is no frame. It hears so, and stays connected unless it goes on. */
    public void unreadable(Problem problem) {
        heard();
        if (phase == Phase.OVER) {
            return;
        }
        if (allowances.takeForUnreadable()) {
            link.send(new ServerFrame.Refused(null, problem));
        } else {
            link.send(new ServerFrame.Refused(null, allowances.problemOfUnreadable()));
            close(CloseReason.TOO_MANY);
        }
    }

    private void greet(ClientFrame.Hello hello, Instant now) {
        phase = Phase.JOINING;
        heard = now;
        SubscriberId subscriber = subscribers.id(hello.tag());
        self = subscriber;
        ClientFrame.Resume resume = hello.resume();
        subscribers.tell(
                subscriber,
                new SubscriberCommand.Attach(
                        id,
                        hello.device(),
                        since,
                        hello.epoch(),
                        Opaque.wrap(ClientFrame.Hello.statement(nonce, hello.tag(), hello.device())),
                        hello.proof(),
                        hello.credit(),
                        resume == null ? null : resume.session(),
                        resume == null ? 0 : resume.acked(),
                        link.self()));
    }

    /** Beyond its allowance a phone hears when to try again; what it would not say again ends the connection. */
    private boolean isAllowed(ClientFrame frame) {
        if (allowances.take(frame)) {
            return true;
        }
        link.send(new ServerFrame.Refused(refOf(frame), allowances.problem(frame)));
        if (Allowances.isOwn(frame)) {
            close(CloseReason.TOO_MANY);
        }
        return false;
    }

    private static @Nullable Long refOf(ClientFrame frame) {
        if (frame instanceof ClientFrame.Send send) {
            return send.ref();
        }
        return frame instanceof ClientFrame.Revoke revoke ? revoke.ref() : null;
    }

    /** A subscriber has something to say. */
    public void told(ToSession message) {
        if (phase == Phase.OVER) {
            return;
        }
        if (message instanceof ToSession.Offered offered) {
            link.send(ToPhone.of(offered, clock.instant()));
        } else if (message instanceof Outcome outcome) {
            if (outcome.isDenial()) {
                doorstep.hold(outcome, clock.instant(), link.self());
            } else {
                link.send(ToPhone.of(outcome));
            }
        } else if (message instanceof ToSession.Denied denial) {
            link.send(ToPhone.of(denial.outcome()));
        } else if (message instanceof ToSession.Attached attached) {
            phase = Phase.LIVE;
            epoch = attached.epoch();
            requests = requestsOf(attached.subscriber());
            heard = clock.instant();
            link.watch(attached.subscriber());
            link.send(new ServerFrame.Welcome(
                    id, attached.resumed(), settings.heartbeat(), settings.maxFrame(), epoch, heard));
        } else if (message instanceof ToSession.Drained) {
            link.send(new ServerFrame.Drained());
        } else if (message instanceof ToSession.Contested contested) {
            link.send(new ServerFrame.Contested(contested.account(), contested.ends()));
        } else if (message instanceof ToSession.PrekeysLow low) {
            link.send(new ServerFrame.PrekeysLow(low.left()));
        } else if (message instanceof ToSession.Objected objected) {
            link.send(new ServerFrame.Refused(null, objected.problem()));
        } else if (message instanceof ToSession.Leave leave && leave.reason() == CloseReason.NOT_AUTHENTIC) {
            denied = true;
        } else if (message instanceof ToSession.Leave leave) {
            close(leave.reason());
        }
    }

    private Requests requestsOf(ActorRef<SubscriberCommand> own) {
        SubscriberId subscriber = Objects.requireNonNull(self);
        return new Requests(link, subscribers, terms, nobody, id, subscriber, own);
    }

    /** The subscriber's actor has stopped: the phone comes back to a new one. */
    public void subscriberStopped() {
        close(CloseReason.RESTART);
    }

    /**
     * Time passes; to be called about once a second. A phone that has been quiet for long is asked once, then closed.
     */
    public void tick() {
        if (phase == Phase.OVER) {
            return;
        }
        Duration patience = phase == Phase.LIVE ? settings.heartbeat() : settings.helloWithin();
        Instant now = clock.instant();
        if (hasLapsed()) {
            close(CloseReason.NO_CONSENT);
        } else if (phase == Phase.JOINING) {
            // A phone that has said hello waits for its subscriber: that is not the phone's silence.
            if (denied && !heard.plus(DENIED_AFTER).isAfter(now)) {
                close(CloseReason.NOT_AUTHENTIC);
            } else if (heard.plus(JOINED_WITHIN).isBefore(now)) {
                close(CloseReason.OVERLOAD);
            }
        } else if (heard.plus(patience).isBefore(now)) {
            close(CloseReason.SILENT);
        } else if (!pinged.isAfter(heard)
                && heard.plus(settings.heartbeat().dividedBy(2)).isBefore(now)) {
            pinged = now;
            link.ping();
        }
    }

    /** The broker wants the session to end, for example because it stops. */
    public void close(CloseReason reason) {
        if (phase != Phase.OVER) {
            link.close(reason);
            closed();
        }
    }

    /** The connection is gone. What was not acknowledged stays with the subscriber. */
    public void closed() {
        SubscriberId subscriber = self;
        if (phase != Phase.OVER && subscriber != null) {
            subscribers.tell(subscriber, new SubscriberCommand.Detach(id));
        }
        phase = Phase.OVER;
    }
}
