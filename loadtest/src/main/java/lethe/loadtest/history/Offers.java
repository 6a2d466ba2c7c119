package lethe.loadtest.history;

import java.util.ArrayDeque;
import java.util.Deque;
import lethe.loadtest.history.HistoryEvent.Delivered;
import lethe.loadtest.history.HistoryEvent.Session;

/**
 * When a phone was offered at the earliest what its application got. The history tells it without a clock: in a
 * session, so after the phone was last without one; and within its credit, so after so many before it were
 * acknowledged. A phone acknowledges before it tells its application, in batches of at most its credit: what twice its
 * credit came before had been told by then. What a deadline ended is not counted: a broker waits for no acknowledgement
 * of it.
 */
final class Offers {
    private final Deque<Long> told = new ArrayDeque<>();
    private long since;
    private int most = Integer.MAX_VALUE;

    void on(Session session) {
        since = session.since();
        most = 2 * session.credit();
        told.clear();
    }

    /**
     * Of what is told next, in nanoseconds of the history.
     *
     * @param acknowledged whether the broker heard that the phone has it
     */
    long earliest(Delivered delivery, boolean acknowledged) {
        long earliest = told.size() < most ? since : told.element();
        if (acknowledged) {
            told.add(delivery.nanos());
            if (told.size() > most) {
                told.remove();
            }
        }
        return earliest;
    }
}
