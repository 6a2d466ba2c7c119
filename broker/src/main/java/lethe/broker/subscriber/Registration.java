package lethe.broker.subscriber;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.broker.subscriber.SubscriberCommand.Authenticate;
import lethe.broker.subscriber.SubscriberCommand.Authenticity;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
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
    private final Nonces nonces = new Nonces();

    Registration(SubscriberState state, Supplier<Policy> policy, Accounts accounts) {
        this.state = state;
        this.policy = policy;
        this.accounts = accounts;
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

    /** Whether the device, with this key, is the subscriber's. */
    boolean has(Device device) {
        return state.devices().contains(device);
    }

    /** The device that signed this; empty if none that is known here did. */
    Optional<Device> signer(DeviceId by, Opaque statement, Opaque signature) {
        return state.device(by).filter(device -> device.key().signed(statement.shared(), signature));
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
            Duration left = Duration.between(now, waits.takeover().ends());
            Problem problem = Problem.of(ProblemType.ACCOUNT_WAITS).withRetryAfter(left);
            return accounts.contest(waits.takeover(), () -> command.replyTo().tell(refusal(problem)));
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
        return Effects.persist(new SubscriberEvent.OptedOut())
                .thenRun(erase::run)
                .thenReply(command.replyTo(), erased -> new DeviceAnswer.Concluded());
    }

    ReplyEffect<SubscriberEvent, SubscriberState> show(ShowConsent command) {
        return Effects.reply(
                command.replyTo(), new OptInAnswer.OnFile(state.consent().orElseThrow()));
    }

    ReplyEffect<SubscriberEvent, SubscriberState> authenticate(Authenticate command, Instant now) {
        return Effects.reply(command.replyTo(), authenticity(command, now));
    }

    private Authenticity authenticity(Authenticate command, Instant now) {
        Optional<Device> signer = signer(command.device(), command.statement(), command.signature());
        if (signer.isEmpty()) {
            return new Authenticity.Refused(SubscriberCommand.STRANGER);
        }
        return switch (nonces.use(command.nonce(), now)) {
            case FRESH -> new Authenticity.Authentic(signer.get(), holds());
            case REPEATED -> new Authenticity.Refused(Problem.of(ProblemType.REPLAYED));
            case NO_ROOM -> new Authenticity.Refused(Problem.of(ProblemType.TOO_MANY_REQUESTS));
        };
    }

    /** Whether a request could still be replayed, should this be forgotten. */
    boolean remembersRequests(Instant now) {
        return nonces.isAnyFresh(now);
    }
}
