package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Ended;
import lethe.loadtest.history.HistoryEvent.Sent;
import lethe.loadtest.history.HistoryEvent.SentAsSms;
import lethe.loadtest.history.Verdict.Violation;

/**
 * What a run does not hold against Lethe, because Lethe does not promise it (docs/simulation.md). All three are
 * counted.
 *
 * <ol>
 *   <li>A message with a fallback went both ways: the recipient's phone had it, and its word of that came to no owner
 *       in time (docs/decisions/0008), or was erased with everything else of a recipient that opted out; or the
 *       recipient had not opted in, which ends a message and leaves no trace, and had when it came again.
 *   <li>A message arrived after its sender had heard, and settled, that it ended otherwise: a node that stood still
 *       said late what it had heard before.
 *   <li>A message arrived out of order, and between its sending and its arrival its recipient's broker forgot
 *       everything, as it must when somebody opts out.
 * </ol>
 */
final class Excuses {
    private final Truth truth;
    private final Set<String> bySms = new LinkedHashSet<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Map<String, Long> arrived = new LinkedHashMap<>();
    private final List<HistoryEvent> judged = new ArrayList<>();
    private int excused;

    /** Looks through a whole history. */
    Excuses(Truth truth, List<HistoryEvent> history) {
        this.truth = truth;
        history.forEach(event -> {
            if (event instanceof SentAsSms sms) {
                bySms.add(sms.id());
            }
        });
        history.forEach(this::look);
    }

    private void look(HistoryEvent event) {
        if (event instanceof Sent message) {
            sent.put(message.id(), message);
        } else if (event instanceof Ended end) {
            ended.add(end.id());
        } else if (event instanceof Delivered delivery) {
            arrived.putIfAbsent(delivery.id(), delivery.nanos());
            if (isExcused(delivery)) {
                excused++;
                return;
            }
        }
        judged.add(event);
    }

    /** What is concluded after the receipt was settled is another one's word: of what came late, as in 2. */
    private boolean isExcused(Delivered delivery) {
        String id = delivery.id();
        if (bySms.contains(id)) {
            return !truth.isConcludedUnsettled(id)
                    || truth.wasTurnedAway(id)
                    || truth.hasForgotten(delivery.to(), 0, Long.MAX_VALUE);
        }
        return ended.contains(id) && !truth.isConcludedBefore(id, delivery.nanos());
    }

    /** The history without those deliveries. */
    List<HistoryEvent> judged() {
        return judged;
    }

    /** Whether something that the checker found counts. */
    boolean counts(Violation violation) {
        Sent message = sent.get(violation.id());
        Long arrival = arrived.get(violation.id());
        boolean forgotten = violation.breach() == Breach.REORDERED
                && message != null
                && arrival != null
                && truth.hasForgotten(message.to(), message.nanos(), arrival);
        excused += forgotten ? 1 : 0;
        return !forgotten;
    }

    /** How much there was. Complete once {@link #counts} has seen everything. */
    int excused() {
        return excused;
    }
}
