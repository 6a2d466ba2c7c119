package lethe.registrar.process;

import java.util.Locale;

/**
 * A bound of a process that its operator may change.
 *
 * @param name for the operator, and in the process's documentation
 * @param usual what it is unless it is changed
 * @param least to which it may be changed
 * @param most to which it may be changed
 * @param unit of all three
 * @param what it bounds, in a few words
 */
public record NamedLimit(String name, long usual, long least, long most, String unit, String what) {
    boolean allows(long value) {
        return value >= least && value <= most;
    }

    /** As a row of a table in Markdown: name, usual value with its unit, range, what it bounds. */
    public String row() {
        return String.format(Locale.ROOT, "| `%s` | %,d %s | %,d to %,d | %s |", name, usual, unit, least, most, what);
    }
}
