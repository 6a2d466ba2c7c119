package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.account.Takeover;
import lethe.core.consent.Consent;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Admittance.Verdict;
import lethe.core.subscriber.Applicant.Proof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmittanceTest {
    private static final Instant NOW = Samples.START;
    private static final Duration HOLD = Duration.ofHours(24);

    private final Random random = new Random(1);
    private final Device phone = Samples.device(random);
    private final Device other = Samples.device(random);
    private final Account account = Samples.account(random, 3, phone);
    private final Account rival = Samples.account(random, 4, other);
    private final Consent consent = Samples.consent(random, phone.id());
    private final SubscriberState state = SubscriberState.absent(7);
    private final Admittance admittance = new Admittance(HOLD);

    private Verdict judge(@Nullable Account claimed, Device device, Proof proof, Instant now) {
        return admittance.judge(state, new Applicant(consent, device, claimed, proof), now);
    }

    private Verdict judge(@Nullable Account claimed, Device device, Proof proof) {
        return judge(claimed, device, proof, NOW);
    }

    private void givenTheAddressIsTaken() {
        state.enter(consent, account, null);
    }

    private Takeover givenARivalWaits() {
        givenTheAddressIsTaken();
        Takeover takeover = ((Verdict.Waits) judge(rival, other, Proof.SHOWN)).takeover();
        state.contest(takeover);
        return takeover;
    }

    private Verdict waits(Takeover takeover, Instant now) {
        Problem problem = Problem.of(ProblemType.ACCOUNT_WAITS).withRetryAfter(Duration.between(now, takeover.ends()));
        return new Verdict.Waits(takeover, account, problem);
    }

    private DeviceList list(long version, Device... devices) {
        return new DeviceList(version, List.of(devices), Samples.opaque(random, 64));
    }

    private static ProblemType refusal(Verdict verdict) {
        return ((Verdict.Refused) verdict).problem().type();
    }

    @Test
    void givesAFreeAddressToWhomItIsProvenToBelongTo() {
        assertThat(judge(account, phone, Proof.SHOWN)).isEqualTo(new Verdict.Enters(account));
        assertThat(judge(account, phone, Proof.NOT_ASKED)).isEqualTo(new Verdict.Enters(account));
        assertThat(refusal(judge(account, phone, Proof.NONE))).isEqualTo(ProblemType.NOT_PROVEN);
    }

    @Test
    void tellsAStrangerNotWhetherAnAddressIsFree() {
        Verdict free = judge(rival, other, Proof.NONE);
        Verdict unknown = judge(null, other, Proof.NONE);
        givenTheAddressIsTaken();

        assertThat(judge(rival, other, Proof.NONE)).isEqualTo(free);
        assertThat(judge(null, other, Proof.NONE)).isEqualTo(unknown);
        assertThat(refusal(unknown)).isEqualTo(ProblemType.OTHER_DEVICE);
    }

    @Test
    void knowsADeviceOfTheAccountAgain() {
        givenTheAddressIsTaken();

        assertThat(judge(null, phone, Proof.NONE)).isEqualTo(new Verdict.Enters(account));
        assertThat(refusal(judge(null, other, Proof.NONE))).isEqualTo(ProblemType.OTHER_DEVICE);
        assertThat(refusal(judge(null, new Device(phone.id(), other.key()), Proof.NONE)))
                .isEqualTo(ProblemType.OTHER_DEVICE);
    }

    @Test
    void takesANewerListOfTheSameAccountAndNoOlderOne() {
        givenTheAddressIsTaken();
        DeviceList newer = list(4, phone, other);

        assertThat(judge(new Account(account.key(), newer, account.with(newer).since()), phone, Proof.NONE))
                .isEqualTo(new Verdict.Enters(account.with(newer)));
        assertThat(refusal(judge(Account.of(account.key(), list(3, phone)), phone, Proof.NONE)))
                .isEqualTo(ProblemType.STALE_LIST);
        assertThat(judge(Account.of(account.key(), account.list()), phone, Proof.NONE))
                .isEqualTo(new Verdict.Enters(account));
    }

    @Test
    void judgesAListThatADeviceBringsByTheAccountsKey() {
        givenTheAddressIsTaken();
        DeviceList newer = list(9, other);

        assertThat(admittance.judge(state, account.key(), newer, NOW))
                .isEqualTo(new Verdict.Enters(account.with(newer)));
        assertThat(refusal(admittance.judge(state, rival.key(), newer, NOW))).isEqualTo(ProblemType.OTHER_ACCOUNT);
        assertThat(refusal(admittance.judge(state, account.key(), list(2, phone), NOW)))
                .isEqualTo(ProblemType.STALE_LIST);
    }

    @Test
    void takesNoListOfATimeToCome() {
        givenTheAddressIsTaken();
        long tomorrow = NOW.plus(Duration.ofDays(1)).getEpochSecond();

        assertThat(admittance.judge(state, account.key(), list(tomorrow, phone), NOW))
                .isInstanceOf(Verdict.Enters.class);
        assertThat(refusal(admittance.judge(state, account.key(), list(tomorrow + 1, phone), NOW)))
                .isEqualTo(ProblemType.MALFORMED);
        assertThat(refusal(judge(Account.of(rival.key(), list(tomorrow + 1, other)), other, Proof.SHOWN)))
                .isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takesNoListOfTheNextAccountThatAVersionOfTheFormerOnesCouldMean() {
        Takeover takeover = givenARivalWaits();
        Account former = account.with(list(takeover.account().list().version(), phone));
        state.list(former);

        for (Proof proof : List.of(Proof.SHOWN, Proof.NONE)) {
            assertThat(judge(rival, other, proof))
                    .isEqualTo(new Verdict.Refused(Problem.of(ProblemType.STALE_LIST)
                            .withLimit(former.list().version())));
        }
        assertThat(refusal(judge(rival, other, Proof.NONE, takeover.ends()))).isEqualTo(ProblemType.STALE_LIST);
        Account later = Account.of(rival.key(), list(former.list().version() + 1, other));
        assertThat(judge(later, other, Proof.NONE, takeover.ends())).isInstanceOf(Verdict.Enters.class);
    }

    @Test
    void tellsAStrangerNoVersionOfAList() {
        givenTheAddressIsTaken();
        Account old = Account.of(rival.key(), list(1, other));

        assertThat(refusal(judge(old, other, Proof.NONE))).isEqualTo(ProblemType.NOT_PROVEN);
        assertThat(refusal(judge(old, other, Proof.NOT_ASKED))).isEqualTo(ProblemType.OTHER_ACCOUNT);
    }

    @Test
    void sendsARivalAwayWhoProvesNothing() {
        givenTheAddressIsTaken();

        assertThat(refusal(judge(rival, other, Proof.NONE))).isEqualTo(ProblemType.NOT_PROVEN);
        assertThat(refusal(judge(rival, other, Proof.NOT_ASKED))).isEqualTo(ProblemType.OTHER_ACCOUNT);
    }

    @Test
    void letsAProvenRivalWaitAndThenIn() {
        Takeover takeover = givenARivalWaits();

        assertThat(takeover.ends()).isEqualTo(NOW.plus(HOLD));
        assertThat(judge(rival, other, Proof.NONE, NOW.plus(HOLD).minusMillis(1)))
                .isEqualTo(waits(takeover, takeover.ends().minusMillis(1)));
        assertThat(judge(rival, other, Proof.NONE, NOW.plus(HOLD))).isEqualTo(new Verdict.Enters(rival));
    }

    @Test
    void doesNotBeginAnewForARivalWhoProvesItAgain() {
        Takeover takeover = givenARivalWaits();

        assertThat(judge(rival, other, Proof.SHOWN, NOW.plusSeconds(60)))
                .isEqualTo(waits(takeover, NOW.plusSeconds(60)));
    }

    @Test
    void goesByTheNewestListThatARivalHasShown() {
        Takeover takeover = givenARivalWaits();
        DeviceList newer = list(5, other, phone);
        Account grown = Account.of(rival.key(), newer);
        Takeover kept = ((Verdict.Waits) judge(grown, other, Proof.NONE)).takeover();
        assertThat(kept).isEqualTo(new Takeover(rival.with(newer), consent, takeover.ends()));
        state.contest(kept);

        assertThat(refusal(judge(rival, other, Proof.NONE))).isEqualTo(ProblemType.STALE_LIST);
        assertThat(refusal(judge(rival, other, Proof.NONE, takeover.ends()))).isEqualTo(ProblemType.STALE_LIST);
        assertThat(judge(grown, other, Proof.NONE, takeover.ends())).isEqualTo(new Verdict.Enters(rival.with(newer)));
    }

    @Test
    void forgetsARivalWhoDoesNotComeBackWithinAWeek() {
        Instant late = givenARivalWaits().ends().plus(Duration.ofDays(7));

        assertThat(refusal(judge(rival, other, Proof.NONE, late))).isEqualTo(ProblemType.NOT_PROVEN);
        assertThat(judge(rival, other, Proof.SHOWN, late))
                .isEqualTo(waits(new Takeover(rival, consent, late.plus(HOLD)), late));
    }

    /** An hour after the claim, for a week. */
    private Takeover givenTheOwnerObjects() {
        Takeover objected = givenARivalWaits().objected(NOW.plus(Duration.ofHours(1)));
        state.contest(objected);
        return objected;
    }

    @Test
    void keepsTheAddressForAWeekWhenItsOwnerObjects() {
        Takeover objected = givenTheOwnerObjects();

        assertThat(objected.ends()).isEqualTo(NOW.plus(Duration.ofHours(1)).plus(Duration.ofDays(7)));
        Instant last = objected.ends().minusMillis(1);
        assertThat(judge(rival, other, Proof.SHOWN, last)).isEqualTo(waits(objected, last));
        assertThat(judge(rival, other, Proof.NONE, last)).isEqualTo(waits(objected, last));
    }

    @Test
    void givesItAfterwardsToWhoeverCanStillProveTheNumber() {
        Instant ends = givenTheOwnerObjects().ends();

        assertThat(refusal(judge(rival, other, Proof.NONE, ends))).isEqualTo(ProblemType.NOT_PROVEN);
        assertThat(judge(rival, other, Proof.SHOWN, ends)).isEqualTo(new Verdict.Enters(rival));
    }

    @Test
    void cannotBeObjectedToForEver() {
        Takeover objected = givenTheOwnerObjects();

        assertThat(objected.objected(objected.ends().minusMillis(1))).isEqualTo(objected);
    }

    @Test
    void beginsAnewForWhomComesLongAfterAnObjection() {
        Instant late = givenTheOwnerObjects().ends().plus(Duration.ofDays(7));

        assertThat(judge(rival, other, Proof.SHOWN, late))
                .isEqualTo(waits(new Takeover(rival, consent, late.plus(HOLD)), late));
    }

    @Test
    void holdsAnObjectionAgainstTheNextAccountToo() {
        Instant ends = givenTheOwnerObjects().ends();
        Account third = Samples.account(random, 4, other);
        Instant later = NOW.plus(Duration.ofHours(2));

        assertThat(judge(third, other, Proof.SHOWN, later))
                .isEqualTo(waits(new Takeover(third, consent, ends, true), later));
        Instant atItsEnd = ends.minusSeconds(1);
        assertThat(judge(third, other, Proof.SHOWN, atItsEnd))
                .isEqualTo(waits(new Takeover(third, consent, atItsEnd.plus(HOLD)), atItsEnd));
    }

    @Test
    void letsTheLastToProveTheNumberWait() {
        givenARivalWaits();
        Account third = Samples.account(random, 4, other);

        Instant later = NOW.plusSeconds(60);
        assertThat(judge(third, other, Proof.SHOWN, later))
                .isEqualTo(waits(new Takeover(third, consent, later.plus(HOLD)), later));
    }

    @Test
    void forgetsTheRivalWhoEntersAndKeepsTheOneWhoWaitsWhenTheOwnerComesBack() {
        Takeover takeover = givenARivalWaits();
        state.enter(consent, account, null);
        assertThat(state.takeover()).contains(takeover);
        state.enter(consent, rival, null);
        assertThat(state.takeover()).isEmpty();
    }
}
