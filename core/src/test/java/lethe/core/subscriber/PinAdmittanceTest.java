package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Admittance.Verdict;
import lethe.core.subscriber.Applicant.Proof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody proves a number that is in use, and says that it is the owner's registration PIN that is given. */
class PinAdmittanceTest {
    private static final Duration HOLD = Duration.ofHours(24);

    private final Random random = new Random(1);
    private final Tag tag = new Tag(Samples.opaque(random, Tag.LENGTH));
    private final Device phone = Samples.device(random);
    private final Device fresh = Samples.device(random);
    private final Account claimed = Samples.account(random, 4, fresh);
    private final Consent consent = Samples.consent(random, phone.id());
    private final KeyPair right = keys();
    private final KeyPair wrong = keys();
    private final SubscriberState state = SubscriberState.absent(7);
    private final Admittance admittance = new Admittance(HOLD);
    private Account account = Samples.account(random, 3, phone);
    private Instant now = Samples.START;

    PinAdmittanceTest() throws GeneralSecurityException {}

    private static KeyPair keys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @BeforeEach
    void givenAnAccountWithAPin() {
        account = account.withPin(Pin.of(DeviceKey.of(right.getPublic())));
        state.enter(consent, account, null);
    }

    private PinProof proof(KeyPair keys, Account of) throws GeneralSecurityException {
        byte[] statement = Pin.statement(tag, of.key());
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(statement);
        return new PinProof(Opaque.wrap(Pin.statement(tag, claimed.key())), Opaque.wrap(signer.sign()));
    }

    private Verdict judge(Proof proven, @Nullable PinProof pin) {
        return admittance.judge(state, new Applicant(consent, fresh, claimed, proven, pin), now);
    }

    /** What the actor does with it. */
    private Verdict.Waits tries(KeyPair keys) throws GeneralSecurityException {
        Verdict.Waits waits = (Verdict.Waits) judge(Proof.SHOWN, proof(keys, claimed));
        state.contest(waits.takeover());
        state.list(waits.current());
        return waits;
    }

    @Test
    void letsInAtOnceWhoHasTheNumberAndThePin() throws GeneralSecurityException {
        assertThat(judge(Proof.SHOWN, proof(right, claimed)))
                .isEqualTo(new Verdict.Enters(claimed.withPin(account.pin())));
    }

    @Test
    void letsInWhoGivesItLaterWhileTheClaimWaits() throws GeneralSecurityException {
        state.contest(((Verdict.Waits) judge(Proof.SHOWN, null)).takeover());
        now = now.plus(Duration.ofHours(3));

        assertThat(judge(Proof.NONE, proof(right, claimed))).isInstanceOf(Verdict.Enters.class);
    }

    @Test
    void letsInWhoGivesItAgainstAnObjection() throws GeneralSecurityException {
        state.contest(((Verdict.Waits) judge(Proof.SHOWN, null)).takeover().objected(now));

        assertThat(judge(Proof.NONE, proof(right, claimed))).isInstanceOf(Verdict.Enters.class);
    }

    @Test
    void takesNoPinForAProofOfTheNumber() throws GeneralSecurityException {
        PinProof given = proof(right, claimed);

        assertThat(judge(Proof.NONE, given)).isEqualTo(new Verdict.Refused(Problem.of(ProblemType.NOT_PROVEN)));
        assertThat(judge(Proof.NOT_ASKED, given)).isEqualTo(new Verdict.Refused(Problem.of(ProblemType.OTHER_ACCOUNT)));
    }

    @Test
    void takesNoProofThatWasMadeForAnotherAccount() throws GeneralSecurityException {
        Verdict verdict = judge(Proof.SHOWN, proof(right, Samples.account(random, 1, fresh)));

        assertThat(((Verdict.Waits) verdict).problem().type()).isEqualTo(ProblemType.PIN_WRONG);
    }

    @Test
    void countsWrongTriesAndMakesEachWaitLonger() throws GeneralSecurityException {
        Duration before = Duration.ZERO;
        for (int left = Pin.TRIES - 1; left > 0; left--) {
            Problem problem = tries(wrong).problem();
            assertThat(problem.type()).isEqualTo(ProblemType.PIN_WRONG);
            assertThat(problem.limit()).isEqualTo(left);
            assertThat(problem.retryAfter()).isGreaterThan(before);
            before = problem.retryAfter();
            now = now.plus(before);
        }
    }

    @Test
    void looksAtNoTryThatComesTooEarlyAndDoesNotCountItEither() throws GeneralSecurityException {
        Duration wait = tries(wrong).problem().retryAfter();
        now = now.plus(wait).minusMillis(1);

        Verdict.Waits early = tries(right);

        assertThat(early.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(early.problem().retryAfter()).isEqualTo(Duration.ofMillis(1));
        assertThat(early.current().pin())
                .isEqualTo(state.account().orElseThrow().pin());
        now = now.plusMillis(1);
        assertThat(judge(Proof.NONE, proof(right, claimed))).isInstanceOf(Verdict.Enters.class);
    }

    @Test
    void believesNoPinAnyMoreAfterFiveWrongOnesUntilOneIsSetAnew() throws GeneralSecurityException {
        for (int i = 0; i < Pin.TRIES; i++) {
            Duration wait = tries(wrong).problem().retryAfter();
            now = i < Pin.TRIES - 1 ? now.plus(wait) : now;
        }
        Verdict.Waits spent = tries(right);
        assertThat(spent.problem())
                .isEqualTo(Problem.of(ProblemType.PIN_WRONG)
                        .withLimit(0)
                        .withRetryAfter(Duration.between(now, spent.takeover().ends()))
                        .by(Limit.PIN_TRIES));
        assertThat(spent.current()).isEqualTo(state.account().orElseThrow());

        state.list(account.withPin(Pin.of(DeviceKey.of(right.getPublic()))));
        assertThat(judge(Proof.NONE, proof(right, claimed))).isInstanceOf(Verdict.Enters.class);
    }

    @Test
    void doesNotPutOffAClaimForAWrongPin() throws GeneralSecurityException {
        Instant ends = tries(wrong).takeover().ends();
        assertThat(ends).isEqualTo(Samples.START.plus(HOLD));
        now = ends;

        assertThat(judge(Proof.NONE, proof(wrong, claimed))).isEqualTo(new Verdict.Enters(claimed));
    }

    @Test
    void goesByNoPinWhereNoneIsSet() throws GeneralSecurityException {
        state.list(account.withPin(null));

        Verdict.Waits waits = tries(right);

        assertThat(waits.problem())
                .isEqualTo(Problem.of(ProblemType.ACCOUNT_WAITS).withRetryAfter(HOLD));
    }

    @Test
    void keepsThePinThroughANewerListAndDropsItWithTheAccount() {
        assertThat(account.with(account.list()).pin()).isEqualTo(account.pin());
        state.erase();
        assertThat(state.account()).isEmpty();
    }
}
