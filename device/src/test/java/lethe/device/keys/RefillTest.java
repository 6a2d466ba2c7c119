package lethe.device.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.PrekeyBodies.SuitePrekeys;
import lethe.device.Given;
import lethe.device.HandAlarm;
import lethe.device.store.Identity;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.MarkWindow;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyStore;
import lethe.seal.prekey.PrekeyUse;
import lethe.seal.prekey.PrekeyVerdict;
import org.junit.jupiter.api.Test;

class RefillTest {
    private static final PrekeysLeft NOTHING = PrekeysLeft.of(DevicePrekeys.NONE);

    private final Random random = new Random(1);
    private final Identity bob = Identity.draw(random);
    private final HandAlarm clock = new HandAlarm();
    private final Disk disk = new Disk();
    private final Shelf broker = new Shelf(bob.device());
    private KeptPrekeys kept = disk.open();

    @Test
    void makesOneTimePrekeysOfTheBetterSuiteAndOneOfLastResortInEach() {
        PrekeyBatch batch = refill(NOTHING);

        assertThat(batch.oneTime()).hasSize(Refill.ONE_TIME).allMatch(each -> each.suite() == Suite.X_WING.code());
        assertThat(batch.lastResort())
                .extracting(Prekey::suite)
                .containsExactlyInAnyOrder(Suite.X25519.code(), Suite.X_WING.code());
        assertThat(batch.ids().distinct()).hasSize(Refill.ONE_TIME + 2);
        all(batch).forEach(each -> {
            lethe.seal.prekey.Prekey prekey =
                    lethe.seal.prekey.Prekey.decode(each.body()).orElseThrow();
            assertThat(prekey.judge(bob.tag(), bob.listed(), clock.instant())).isInstanceOf(PrekeyVerdict.Usable.class);
            assertThat(prekey.id().number()).isEqualTo(each.id());
            assertThat(prekey.suite().code()).isEqualTo(each.suite());
            assertThat(kept.find(prekey.id())).isPresent();
        });
    }

    @Test
    void offersTheSameAgainUntilTheBrokerHasHeardOfIt() {
        PrekeyBatch batch = refill(NOTHING);

        assertThat(refill(NOTHING)).isEqualTo(batch);
        assertThat(source().due(clock.instant())).isTrue();
        kept = disk.open();
        assertThat(refill(NOTHING)).isEqualTo(batch);

        broker.put(batch);
        assertThat(refill(broker.left()).isEmpty()).isTrue();
        assertThat(source().due(clock.instant())).isFalse();
    }

    @Test
    void offersTheRestOfWhatTheBrokerHasTakenAPartOf() {
        PrekeyBatch batch = refill(NOTHING);
        broker.put(new PrekeyBatch(batch.oneTime().subList(0, 20), batch.lastResort()));

        PrekeyBatch rest = refill(broker.left());

        assertThat(rest.lastResort()).isEmpty();
        assertThat(rest.oneTime()).isEqualTo(batch.oneTime().subList(20, Refill.ONE_TIME));
    }

    @Test
    void fillsUpWhatWasGivenAndNeverBeyondWhatABrokerKeeps() {
        broker.put(refill(NOTHING));
        for (int i = 0; i < 45; i++) {
            broker.give(Suite.X_WING.code());
        }
        assertThat(refill(broker.left()).oneTime()).hasSize(45);

        PrekeysLeft crowded =
                new PrekeysLeft(95, false, 200L, List.of(new SuitePrekeys(1, 95, true), new SuitePrekeys(2, 0, true)));
        assertThat(refill(crowded).oneTime()).hasSize(5);
        PrekeysLeft full = new PrekeysLeft(100, false, 300L, List.of(new SuitePrekeys(9, 100, true)));
        assertThat(refill(full).oneTime()).isEmpty();
    }

    @Test
    void replacesTheLastResortWeekly() {
        PrekeyBatch first = published();
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(source().due(clock.instant())).isFalse();
        assertThat(refill(broker.left()).isEmpty()).isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(source().due(clock.instant())).isTrue();
        PrekeyBatch second = refill(broker.left());
        assertThat(second.oneTime()).isEmpty();
        assertThat(second.lastResort()).hasSize(2).noneMatch(each -> first.ids().anyMatch(id -> id == each.id()));
        broker.put(second);
        refill(broker.left());
        assertThat(source().due(clock.instant())).isFalse();
    }

    /** Nobody seals to it for more than 14 days, and nothing is under way for more than 7. */
    @Test
    void keepsWhatWasReplacedUntilNothingCanComeToItAnyMore() {
        PrekeyBatch first = published();
        PrekeyId old = PrekeyId.of(first.lastResort().get(0).id());
        kept.note(old, mark(1), PrekeyStore.Writer.PINNED);
        kept.flush();
        clock.advance(Duration.ofDays(21).minusSeconds(1));
        broker.put(refill(broker.left()));
        assertThat(kept.find(old)).isPresent();
        assertThat(disk.records()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        refill(broker.left());
        assertThat(kept.find(old)).isEmpty();
        assertThat(disk.records()).isEmpty();

        PrekeyId oneTime = PrekeyId.of(first.oneTime().get(0).id());
        assertThat(kept.find(oneTime)).isPresent();
        clock.advance(Duration.ofDays(97 - 21));
        refill(broker.left());
        assertThat(kept.find(oneTime)).isEmpty();
        assertThat(disk.open().find(oneTime)).isEmpty();
    }

    @Test
    void replacesWhatIsWornOut() {
        PrekeyBatch first = published();
        PrekeyId worn = PrekeyId.of(first.lastResort().get(1).id());
        for (int i = 0; i < MarkWindow.FOR_STRANGERS; i++) {
            assertThat(source().due(clock.instant())).isFalse();
            kept.note(worn, mark(i), PrekeyStore.Writer.STRANGER);
        }

        assertThat(source().due(clock.instant())).isTrue();
        PrekeyBatch second = refill(broker.left());
        assertThat(second.lastResort())
                .extracting(Prekey::suite)
                .containsExactly(first.lastResort().get(1).suite());
        assertThat(kept.find(worn)).as("friends' letters are under way to it").isPresent();
    }

    @Test
    void replacesWhatTheBrokerHasLost() {
        published();
        PrekeysLeft lost = new PrekeysLeft(60, false, broker.left().highest(), List.of(new SuitePrekeys(2, 60, true)));

        assertThat(refill(lost).lastResort()).extracting(Prekey::suite).containsExactly(Suite.X25519.code());
    }

    @Test
    void goesOnAboveWhatAPhoneFromABackupDoesNotKnow() {
        PrekeysLeft ahead = new PrekeysLeft(0, true, 5_000L, List.of());

        assertThat(refill(ahead).ids()).hasSize(Refill.ONE_TIME + 2).allMatch(id -> id > 5_000);
    }

    @Test
    void isNotLedToTheEndOfAllIds() {
        PrekeysLeft lie = new PrekeysLeft(0, true, Prekey.HIGHEST_ID - 100, List.of());

        assertThat(refill(lie).isEmpty()).isTrue();
        assertThat(refill(NOTHING).ids()).allMatch(id -> id < 100);
    }

    @Test
    void keepsNoMoreThanItsBoundHoweverItIsDrained() {
        PrekeyBatch first = published();
        for (int i = 0; i < KeptPrekeys.MOST_ONE_TIME / Refill.ONE_TIME + 1; i++) {
            for (int j = 0; j < Refill.ONE_TIME; j++) {
                broker.give(Suite.X_WING.code());
            }
            broker.put(refill(broker.left()));
        }
        refill(broker.left());

        assertThat(kept.size()).isEqualTo(KeptPrekeys.MOST_ONE_TIME + 2);
        assertThat(kept.find(PrekeyId.of(first.oneTime().get(0).id()))).isEmpty();
    }

    /** At the address of a number that was proven there is nothing yet, and the former address's are worth nothing. */
    @Test
    void makesOthersForAnotherAddress() {
        PrekeyBatch first = published();
        Identity proven = bob.at(Given.tag(7));

        PrekeyBatch second = new Refill(kept, proven, clock, random).refill(NOTHING);

        assertThat(second.ids())
                .hasSize(Refill.ONE_TIME + 2)
                .noneMatch(id -> first.ids().anyMatch(old -> old == id));
        all(second)
                .forEach(each -> assertThat(lethe.seal.prekey.Prekey.decode(each.body())
                                .orElseThrow()
                                .judge(proven.tag(), proven.listed(), clock.instant()))
                        .isInstanceOf(PrekeyVerdict.Usable.class));
    }

    @Test
    void offersNothingThatWasUsed() {
        PrekeyBatch batch = refill(NOTHING);
        kept.destroy(PrekeyId.of(batch.oneTime().get(0).id()));

        assertThat(refill(NOTHING).oneTime()).doesNotContain(batch.oneTime().get(0));
    }

    private PrekeyBatch published() {
        PrekeyBatch batch = refill(NOTHING);
        broker.put(batch);
        refill(broker.left());
        return batch;
    }

    private PrekeyBatch refill(PrekeysLeft left) {
        return source().refill(left);
    }

    private Refill source() {
        return new Refill(kept, bob, clock, random);
    }

    private static Stream<Prekey> all(PrekeyBatch batch) {
        return Stream.concat(batch.oneTime().stream(), batch.lastResort().stream());
    }

    private static Opaque mark(int number) {
        return Given.bytes(new Random(number), PrekeyUse.MARK);
    }
}
