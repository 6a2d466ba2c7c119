package lethe.device.registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import lethe.client.http.Answer;
import lethe.client.http.VerifierHttp;
import lethe.client.permit.HeldPermit;
import lethe.client.permit.PermitKey;
import lethe.client.sealing.PinnedVerifier;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.ownership.Ownership;
import lethe.core.ownership.OwnershipVerdict;
import lethe.core.permit.Permit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;

/** One registration of one number: session, code, statement. Its nonce and its permit key are drawn once. */
public final class RegistrationClient {
    private final PinnedVerifier pinned;
    private final VerifierHttp verifier;
    private final DeviceKey account;
    private final RandomGenerator random;
    private final Clock clock;
    private final Opaque nonce;
    private final PermitKey permitKey;

    /**
     * For one number.
     *
     * @param account the key that the number shall be proven for
     * @param random a cryptographically strong source
     */
    public RegistrationClient(
            PinnedVerifier pinned, VerifierHttp verifier, DeviceKey account, RandomGenerator random, Clock clock) {
        this.pinned = pinned;
        this.verifier = verifier;
        this.account = account;
        this.random = random;
        this.clock = clock;
        byte[] drawn = new byte[Ownership.NONCE];
        random.nextBytes(drawn);
        this.nonce = Opaque.wrap(drawn);
        this.permitKey = PermitKey.draw(random);
    }

    /** Opens a session. No code is sent yet. */
    public CompletionStage<Answer<Registration>> open(PlainIdentifier number) {
        SessionRequest request = new SessionRequest(number, account, permitKey.publicKey(), nonce);
        return verifier.open(pinned.sealing().seal(request, random));
    }

    /** Has the code sent. */
    public CompletionStage<Answer<Registration>> requestCode(SessionId session) {
        return verifier.requestCode(session);
    }

    /**
     * Submits the code.
     *
     * @param code six digits
     */
    public CompletionStage<Proof> submit(SessionId session, String code) {
        return verifier.submit(session, code).thenApply(this::judged);
    }

    /**
     * Asks until the session's text has come to the short code, or the session ends; the text is to be sent meanwhile.
     *
     * @param opened a session with a text
     * @param every how long to wait between two questions
     */
    public CompletionStage<Proof> awaitText(Registration opened, Duration every) {
        return awaitText(opened.id(), every, clock.instant().plus(opened.ends()));
    }

    private CompletionStage<Proof> awaitText(SessionId session, Duration every, Instant end) {
        return verifier.state(session).thenCompose(state -> {
            if (state instanceof Answer.Refused<Registration> refused) {
                return CompletableFuture.completedFuture(new Proof.Refused(refused.problem()));
            }
            boolean proven = state instanceof Answer.Good<Registration> good
                    && good.value().proven();
            return proven ? claim(session, every, end) : later(session, every, end, whyNot(state));
        });
    }

    private CompletionStage<Proof> claim(SessionId session, Duration every, Instant end) {
        return verifier.claim(session).thenApply(this::judged).thenCompose(proof -> {
            boolean forNow = proof instanceof Proof.Unreachable
                    || (proof instanceof Proof.Refused refused
                            && refused.problem().type().retryable());
            return forNow ? later(session, every, end, proof) : CompletableFuture.completedFuture(proof);
        });
    }

    private CompletionStage<Proof> later(SessionId session, Duration every, Instant end, Proof otherwise) {
        if (!clock.instant().plus(every).isBefore(end)) {
            return CompletableFuture.completedFuture(otherwise);
        }
        Executor delayed = CompletableFuture.delayedExecutor(every.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, delayed).thenCompose(done -> awaitText(session, every, end));
    }

    private static Proof whyNot(Answer<Registration> state) {
        return state instanceof Answer.Unreachable<Registration> away
                ? new Proof.Unreachable(away.why())
                : new Proof.Refused(Problem.of(ProblemType.OUT_OF_TURN, "the text did not come"));
    }

    private Proof judged(Answer<Proven> answer) {
        if (answer instanceof Answer.Refused<Proven> refused) {
            return new Proof.Refused(refused.problem());
        }
        if (answer instanceof Answer.Unreachable<Proven> unreachable) {
            return new Proof.Unreachable(unreachable.why());
        }
        Proven proven = ((Answer.Good<Proven>) answer).value();
        Ownership ownership = proven.ownership();
        OwnershipVerdict verdict = ownership.judge(pinned.signing(), account, nonce, clock.instant());
        if (verdict instanceof OwnershipVerdict.Refused refused) {
            return new Proof.NotBelieved(refused.reason());
        }
        Permit permit = proven.permit();
        if (!permit.key().equals(permitKey.publicKey()) || !permit.isSignedBy(pinned.signing(), DeviceKey::signed)) {
            return new Proof.NotBelieved(OwnershipVerdict.Reason.FORGED);
        }
        return permit.isInForce(clock.instant())
                ? new Proof.Given(ownership, new HeldPermit(permit, permitKey))
                : new Proof.NotBelieved(OwnershipVerdict.Reason.EXPIRED);
    }
}
