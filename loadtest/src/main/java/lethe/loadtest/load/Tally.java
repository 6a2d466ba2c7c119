package lethe.loadtest.load;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of all messages of a run, warm-up and drain included.
 *
 * @param sent at least once
 * @param completed the sender has learned that the recipient's device has it
 * @param held how many had to wait, durably
 * @param lost sent and taken, but not completed after the drain; or completed, but it never came
 * @param duplicated came to the recipient once more
 * @param reordered came after one with a higher number
 * @param refused times that the broker said no
 * @param unsent due, but not sent before the run was over; or refused to the end
 */
public record Tally(
        long sent, long completed, long held, long lost, long duplicated, long reordered, long refused, long unsent) {
    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                sent + other.sent,
                completed + other.completed,
                held + other.held,
                lost + other.lost,
                duplicated + other.duplicated,
                reordered + other.reordered,
                refused + other.refused,
                unsent + other.unsent);
    }

    /** Whether everything came, once and in order. */
    public boolean isSound() {
        return lost == 0 && duplicated == 0 && reordered == 0;
    }

    /** For a line of JSON. */
    Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("held", held);
        line.put("lost", lost);
        line.put("duplicated", duplicated);
        line.put("reordered", reordered);
        line.put("refused", refused);
        line.put("unsent", unsent);
        return line;
    }
}
