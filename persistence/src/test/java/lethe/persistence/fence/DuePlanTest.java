package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Whatever waits, there is an entry at the time when the first of it is due, or before. */
public class DuePlanTest extends JUnitSuite {

    private final Given given = new Given(3);
    private final SubscriberState state = SubscriberState.absent(1);
    private final HeldEnvelope first = given.envelope(1, 1, 10);
    private final Instant due = first.envelope().due();
    private final Instant now = due.minusSeconds(60);
    private Instant renewal = Instant.MAX;

    @Test
    public void addsAnEntryForTheFirstThatWaits() {
        hold(first);
        assertThat(planned(null)).isEqualTo(plan(due, null, due));
    }

    @Test
    public void addsNoneForWhatIsDueLater() {
        hold(first);
        var earlier = due.minusMillis(5);
        assertThat(planned(earlier)).isEqualTo(plan(null, null, earlier));
    }

    @Test
    public void replacesTheEntryByOneForWhatIsDueEarlier() {
        hold(first);
        var later = due.plusMillis(5);
        assertThat(planned(later)).isEqualTo(plan(due, later, due));
    }

    @Test
    public void removesTheEntryWhenNothingWaits() {
        assertThat(planned(due)).isEqualTo(plan(null, due, null));
        assertThat(planned(null)).isEqualTo(plan(null, null, null));
    }

    @Test
    public void replacesAnEntryWhoseTimeHasCome() {
        hold(first);
        state.saved();
        assertThat(planned(now)).isEqualTo(plan(due, now, due));
    }

    @Test
    public void replacesTheEntryThatAnEarlierClockFoundDue() {
        hold(first);
        state.saved();
        var known = now.plusSeconds(5);
        new SubscriberEvent.Woken(known).applyTo(state);
        assertThat(planned(known)).isEqualTo(plan(due, known, due));
    }

    @Test
    public void neverAddsTheEntryThatIsBeingDeleted() {
        hold(first);
        state.saved();
        new SubscriberEvent.Woken(due).applyTo(state);
        var next = due.plusMillis(1);
        assertThat(planned(due)).isEqualTo(plan(next, due, next));
    }

    /** Else nobody would give it newer keys in time. */
    @Test
    public void addsAnEntryWhenKeysMustBeRenewedBeforeAnythingIsDue() {
        renewal = now.plusSeconds(10);
        hold(first);
        assertThat(planned(null)).isEqualTo(plan(renewal, null, renewal));
    }

    /** Its clock was behind that of whoever planned the entry. */
    @Test
    public void replacesAnEntryThatIsTooLateForRenewal() {
        renewal = now.plusSeconds(10);
        hold(first);
        var later = now.plusSeconds(20);
        assertThat(planned(later)).isEqualTo(plan(renewal, later, renewal));
    }

    private DuePlan planned(@Nullable Instant known) {
        return DuePlan.of(state, Optional.ofNullable(known), now, renewal);
    }

    private void hold(HeldEnvelope row) {
        new SubscriberEvent.Held(List.of(row)).applyTo(state);
    }

    private static DuePlan plan(@Nullable Instant add, @Nullable Instant remove, @Nullable Instant after) {
        return new DuePlan(Optional.ofNullable(add), Optional.ofNullable(remove), Optional.ofNullable(after));
    }
}
