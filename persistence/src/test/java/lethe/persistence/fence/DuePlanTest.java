package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Whatever waits, there is an entry at the time when the first of it is due, or before. */
public class DuePlanTest extends JUnitSuite {

    private final Given given = new Given(3);
    private final SubscriberState state = SubscriberState.absent(1);
    private final HeldEnvelope first = given.envelope(1, 1, 10);
    private final Instant due = first.envelope().due();
    private final Instant now = due.minusSeconds(60);

    @Test
    public void addsAnEntryForTheFirstThatWaits() {
        hold(first);
        assertThat(DuePlan.of(state, Optional.empty(), now)).isEqualTo(plan(due, null, due));
    }

    @Test
    public void addsNoneForWhatIsDueLater() {
        hold(first);
        var earlier = Optional.of(due.minusMillis(5));
        assertThat(DuePlan.of(state, earlier, now)).isEqualTo(plan(null, null, earlier.get()));
    }

    @Test
    public void replacesTheEntryByOneForWhatIsDueEarlier() {
        hold(first);
        var later = Optional.of(due.plusMillis(5));
        assertThat(DuePlan.of(state, later, now)).isEqualTo(plan(due, later.get(), due));
    }

    @Test
    public void removesTheEntryWhenNothingWaits() {
        assertThat(DuePlan.of(state, Optional.of(due), now)).isEqualTo(plan(null, due, null));
        assertThat(DuePlan.of(state, Optional.empty(), now)).isEqualTo(plan(null, null, null));
    }

    @Test
    public void replacesAnEntryWhoseTimeHasCome() {
        hold(first);
        state.saved();
        var past = Optional.of(now);
        assertThat(DuePlan.of(state, past, now)).isEqualTo(plan(due, past.get(), due));
    }

    @Test
    public void replacesTheEntryThatAnEarlierClockFoundDue() {
        hold(first);
        state.saved();
        var known = Optional.of(now.plusSeconds(5));
        new SubscriberEvent.Woken(now.plusSeconds(5)).applyTo(state);
        assertThat(DuePlan.of(state, known, now)).isEqualTo(plan(due, known.get(), due));
    }

    @Test
    public void neverAddsTheEntryThatIsBeingDeleted() {
        hold(first);
        state.saved();
        new SubscriberEvent.Woken(due).applyTo(state);
        var next = due.plusMillis(1);
        assertThat(DuePlan.of(state, Optional.of(due), now)).isEqualTo(plan(next, due, next));
    }

    private void hold(HeldEnvelope row) {
        SubscriberEvent.Held.of(List.of(row)).applyTo(state);
    }

    private static DuePlan plan(Instant add, Instant remove, Instant after) {
        return new DuePlan(Optional.ofNullable(add), Optional.ofNullable(remove), Optional.ofNullable(after));
    }
}
