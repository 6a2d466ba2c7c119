package lethe.persistence.hygiene;

/**
 * One thing that an operator should change, or could not be looked at.
 *
 * @param where it is
 * @param advice what to change, and why
 */
public record Finding(String where, String advice) {
    @Override
    public String toString() {
        return where + ": " + advice;
    }
}
