package lethe.broker.subscriber;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SubscriberCommand.Authenticate;
import lethe.broker.subscriber.SubscriberCommand.Authenticity;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptIn;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.broker.subscriber.SubscriberCommand.OptOut;
import lethe.broker.subscriber.SubscriberCommand.ShowConsent;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.consent.Consent;
import lethe.core.consent.ConsentVerdict;
import lethe.core.consent.Policy;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Admittance;
import lethe.core.subscriber.Agreement;
import lethe.core.subscriber.Applicant;
import lethe.core.subscriber.Shown;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Who has opted in at this address, and who may speak for it. */
final class Registration {
    private static final int MOST_OF_RIVALS = 64;

    private final SubscriberState state;
    private final Supplier<Policy> policy;
    private final Accounts accounts;
    private final Limits limits;
    private final DeviceNonces nonces = new DeviceNonces(Nonces.MOST);

    /** Of those who wait for the address: what they do leaves the owner's requests room. */
    private final Nonces rivals = new Nonces(MOST_OF_RIVALS);

    Registration(SubscriberState state, Supplier<Policy> policy, Accounts accounts, Limits limits) {
        this.state = state;
        this.policy = policy;
        this.accounts = accounts;
        this.limits = limits;
    }

    /** Whether there is a consent that holds under the policy in force. */
    boolean holds() {
        Optional<Consent> consent = state.agreed();
        return consent.isPresent() && policy.get().honours(consent.get());
    }

    /** Which policy epoch the consent that counts accepts; 0 if there is none. */
    long epoch() {
        return state.agreed().map(Consent::epoch).orElse(0L);
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
        Applicant applicant = judged(command, now);
        Admittance.Verdict admitted = accounts.admittance().judge(state, applicant, now);
        if (admitted instanceof Admittance.Verdict.Refused refused) {
            return Effects.reply(command.replyTo(), refusal(refused.problem()));
        }
        Account account = admitted instanceof Admittance.Verdict.Waits waits
                ? waits.takeover().account()
                : ((Admittance.Verdict.Enters) admitted).account();
        Optional<Agreement> agreement = Agreement.after(state, account, consent, command.entry(), now);
        if (agreement.isEmpty()) {
            Problem problem =
                    Problem.of(ProblemType.CONSENT_REFUSED, "the account's first device has not agreed to that");
            return Effects.reply(command.replyTo(), refusal(problem));
        }
        Nonces.Use use = admitted instanceof Admittance.Verdict.Waits
                ? rivals.use(command.nonce(), now)
                : nonces.use(applicant.device().id(), command.nonce(), now);
        Optional<Problem> objection = objection(use);
        if (objection.isPresent()) {
            return Effects.reply(command.replyTo(), refusal(objection.get()));
        }
        return admit(command, applicant, admitted, agreement.get(), now);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> admit(
            OptIn command, Applicant applicant, Admittance.Verdict admitted, Agreement agreement, Instant now) {
        Shown statement = command.statement();
        List<SubscriberEvent> used = statement != null && applicant.proof() == Applicant.Proof.SHOWN
                ? List.of(new SubscriberEvent.StatementUsed(statement))
                : List.of();
        if (admitted instanceof Admittance.Verdict.Waits waits) {
            limits.refused(waits.problem());
            return accounts.contest(waits, used, () -> command.replyTo().tell(refusal(waits.problem())));
        }
        Account account = ((Admittance.Verdict.Enters) admitted).account();
        List<SubscriberEvent> events = new ArrayList<>();
        // First, because it begins a subscriber's rows.
        events.add(new SubscriberEvent.OptedIn(agreement.consent(), account, agreement.listing()));
        events.addAll(used);
        return accounts.become(
                events, account, now, () -> command.replyTo().tell(new OptInAnswer.OnFile(agreement.consent())));
    }

    /** A verifier's statement counts once. */
    private Applicant judged(OptIn command, Instant now) {
        Shown statement = command.statement();
        return statement == null || state.isNew(statement, now)
                ? command.applicant()
                : command.applicant().with(command.without());
    }

    /** Only requests that open a door are remembered, or strangers could fill the list. */
    private Optional<Problem> objection(Nonces.Use use) {
        return switch (use) {
            case FRESH -> Optional.empty();
            case REPEATED -> Optional.of(Problem.of(ProblemType.REPLAYED));
            case NO_ROOM -> Optional.of(limits.refusal(Limit.DEVICE_NONCES, Nonces.KEPT));
        };
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
        OptInAnswer answer = state.agreed()
                .<OptInAnswer>map(OptInAnswer.OnFile::new)
                .orElseGet(() -> refusal(Problem.of(ProblemType.NO_CONSENT)));
        return Effects.reply(command.replyTo(), answer);
    }

    ReplyEffect<SubscriberEvent, SubscriberState> authenticate(Authenticate command, Instant now) {
        return Effects.reply(command.replyTo(), authenticity(command, now));
    }

    private Authenticity authenticity(Authenticate command, Instant now) {
        Optional<Device> signer = signer(command.device(), command.statement(), command.signature());
        if (signer.isEmpty()) {
            return new Authenticity.Refused(SubscriberCommand.STRANGER);
        }
        Device by = signer.get();
        return objection(nonces.use(by.id(), command.nonce(), now))
                .<Authenticity>map(Authenticity.Refused::new)
                .orElseGet(() -> new Authenticity.Authentic(by, holds()));
    }

    /** Whether a request could still be replayed, should this be forgotten. */
    boolean remembersRequests(Instant now) {
        return nonces.isAnyFresh(now) || rivals.isAnyFresh(now) || state.remembersStatements(now);
    }
}
