package lethe.loadtest.history;

import java.util.List;

/**
 * What the checker found.
 *
 * @param messages how many were sent
 * @param delivered how many of them reached the application
 */
public record Verdict(int messages, int delivered, List<Violation> violations) {
    /**
     * One broken promise.
     *
     * @param id the message
     */
    public record Violation(Breach breach, String id, String detail) {
        @Override
        public String toString() {
            return breach.word() + " " + id + ": " + detail;
        }
    }

    public Verdict {
        violations = List.copyOf(violations);
    }

    public boolean passed() {
        return violations.isEmpty();
    }

    /** How many violations are of one kind. */
    public int count(Breach breach) {
        return (int) violations.stream().filter(each -> each.breach() == breach).count();
    }
}
