package lethe.loadtest.load;

import java.util.TreeSet;

/** The numbers that have come to one recipient, and what was wrong with their order. */
final class Arrivals {
    private final TreeSet<Long> missing = new TreeSet<>();
    /** Every number below has come, but for the missing. */
    private long next;

    private long reordered;
    private long duplicated;

    /**
     * A message has come.
     *
     * @param sent how many its sender has sent
     * @throws IllegalArgumentException if its sender never sent it
     */
    void add(long number, long sent) {
        if (number == next && number < sent) {
            next++;
        } else {
            addOutOfTurn(number, sent);
        }
    }

    private void addOutOfTurn(long number, long sent) {
        if (number < 0 || number >= sent) {
            throw new IllegalArgumentException("a message came that was never sent");
        }
        if (number > next) {
            for (long skipped = next; skipped < number; skipped++) {
                missing.add(skipped);
            }
            next = number + 1;
        } else if (missing.remove(number)) {
            reordered++;
        } else {
            duplicated++;
        }
    }

    boolean has(long number) {
        return number < next && (missing.isEmpty() || !missing.contains(number));
    }

    /** Messages that came after one with a higher number. */
    long reordered() {
        return reordered;
    }

    /** Messages that came once more. */
    long duplicated() {
        return duplicated;
    }
}
