package lethe.loadtest.simulation;

import lethe.loadtest.history.Verdict;

/**
 * How one simulated run went.
 *
 * @param defect what was thrown that never should be, and where; empty if nothing was
 * @param steps that were done, those after everything healed too
 * @param excused what looks like a breach and is none, because Lethe does not promise it: {@code Excuses} says what
 * @param held messages that their senders heard are in custody
 * @param faults that struck and are worth a word
 * @param digest of all that happened: the same for the same plan, wherever it runs
 */
public record SimulationResult(
        SimulationPlan plan,
        Verdict verdict,
        String defect,
        long steps,
        int excused,
        int held,
        long faults,
        long digest) {
    /** Whether every promise was kept, and nothing was thrown. */
    public boolean passed() {
        return verdict.passed() && defect.isEmpty();
    }

    /** The first line that says what is wrong; empty if nothing is. */
    public String complaint() {
        if (!defect.isEmpty()) {
            return defect;
        }
        return verdict.passed() ? "" : verdict.violations().get(0).toString();
    }

    /** What kind of wrong it is; empty if nothing is. */
    String kind() {
        if (!defect.isEmpty()) {
            return "defect";
        }
        return verdict.passed() ? "" : verdict.violations().get(0).breach().word();
    }

    static String describe(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
