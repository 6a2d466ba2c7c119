package lethe.broker.subscriber;

import akka.Done;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SubscriberCommand.Authenticate;
import lethe.broker.subscriber.SubscriberCommand.Authenticity;
import lethe.broker.subscriber.SubscriberCommand.OptIn;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.ShowConsent;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.consent.ConsentVerdict;
import lethe.core.consent.Policy;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.lookup.Listing;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Admittance;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/** Who has opted in at this address, and who may speak for it. */
final class Registration {
    private final SubscriberState state;
    private final Supplier<Policy> policy;
    private final Accounts accounts;
    private final Limits limits;
    private final Nonces nonces = new Nonces();

    Registration(SubscriberState state, Supplier<Policy> policy, Accounts accounts, Limits limits) {
        this.state = state;
        this.policy = policy;
        this.accounts = accounts;
        this.limits = limits;
    }

    /** Whether there is a consent that holds under the policy in force. */
    boolean holds() {
        Optional<Consent> consent = state.consent();
        return consent.isPresent() && policy.get().honours(consent.get());
    }

    /** Which policy epoch the consent on file accepts; 0 if there is none. */
    long epoch() {
        return state.consent().map(Consent::epoch).orElse(0L);
    }

    /** Whether a phone that consented to this policy epoch is let in. */
    boolean holdsFor(long epoch) {
        return holds() && epoch >= policy.get().epoch();
    }

    /** Whether the device is known here and signed this. */
    boolean isSigned(DeviceId by, Opaque statement, Opaque signature) {
        Optional<Device> device = state.device(by);
        return device.isPresent() && device.get().key().signed(statement.shared(), signature);
    }

    ReplyEffect<SubscriberEvent, SubscriberState> optIn(OptIn command, Instant now) {
        Consent consent = command.applicant().consent();
        ConsentVerdict verdict = policy.get().judge(consent);
        if (verdict != ConsentVerdict.GOOD) {
            Problem problem = Problem.of(ProblemType.CONSENT_REFUSED, verdict.toString());
            return Effects.reply(command.replyTo(), refusal(problem));
        }
        Admittance.Verdict admitted = accounts.admittance().judge(state, command.applicant(), now);
        if (admitted instanceof Admittance.Verdict.Enters enters) {
            SubscriberEvent event = new SubscriberEvent.OptedIn(consent, enters.account(), listing(command, now));
            return accounts.become(
                    event, enters.account(), now, () -> command.replyTo().tell(new OptInAnswer.OnFile(consent)));
        }
        if (admitted instanceof Admittance.Verdict.Waits waits) {
            return accounts.contest(waits, () -> command.replyTo().tell(refusal(waits.problem())));
        }
        return Effects.reply(command.replyTo(), refusal(((Admittance.Verdict.Refused) admitted).problem()));
    }

    /** Null unless it is agreed to. Who agrees anew, and to the same policy, has been listed since the first time. */
    private @Nullable Listing listing(OptIn command, Instant now) {
        Consent consent = command.applicant().consent();
        if (!consent.scopes().contains(Scope.DISCOVERABLE)) {
            return null;
        }
        boolean samePolicy = state.consent()
                .filter(earlier -> earlier.epoch() == consent.epoch())
                .isPresent();
        return state.listing()
                .filter(earlier -> samePolicy)
                .orElseGet(() -> new Listing(command.entry(), now.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static OptInAnswer refusal(Problem problem) {
        return new OptInAnswer.Refused(problem);
    }

    /**
     * Withdraws the consent.
     *
     * @param erase lets go of everything in memory, once nothing of it is durable any more
     */
    ReplyEffect<SubscriberEvent, SubscriberState> optOut(OptOut command, Runnable erase) {
        if (state.consent().isEmpty()) {
            return Effects.reply(command.replyTo(), Done.getInstance());
        }
        return Effects.persist(new SubscriberEvent.OptedOut())
                .thenRun(erase::run)
                .thenReply(command.replyTo(), erased -> Done.getInstance());
    }

    ReplyEffect<SubscriberEvent, SubscriberState> show(ShowConsent command) {
        OptInAnswer answer = state.consent()
                .<OptInAnswer>map(OptInAnswer.OnFile::new)
                .orElseGet(() -> refusal(Problem.of(ProblemType.NO_CONSENT)));
        return Effects.reply(command.replyTo(), answer);
    }

    ReplyEffect<SubscriberEvent, SubscriberState> authenticate(Authenticate command, Instant now) {
        return Effects.reply(command.replyTo(), authenticity(command, now));
    }

    private Authenticity authenticity(Authenticate command, Instant now) {
        if (!isSigned(command.device(), command.statement(), command.signature())) {
            return new Authenticity.Refused(
                    Problem.of(state.consent().isEmpty() ? ProblemType.NO_CONSENT : ProblemType.NOT_AUTHENTIC));
        }
        return switch (nonces.use(command.nonce(), now)) {
            case FRESH -> new Authenticity.Authentic(holds());
            case REPEATED -> new Authenticity.Refused(Problem.of(ProblemType.REPLAYED));
            case NO_ROOM -> new Authenticity.Refused(limits.refusal(Limit.SUBSCRIBER_NONCES, Nonces.KEPT));
        };
    }

    /** Whether a request could still be replayed, should this be forgotten. */
    boolean remembersRequests(Instant now) {
        return nonces.isAnyFresh(now);
    }
}
