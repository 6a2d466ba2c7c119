package lethe.loadtest.envelopes;

/**
 * What a drill tries.
 *
 * @param count attacks, {@link #FEWEST} or more
 * @param seed the same one tries the same
 */
public record EnvelopesPlan(int count, long seed) {
    /** Each kind of attack, with both suites, several times. */
    public static final int FEWEST = 100;

    /**
     * A drill that proves something.
     *
     * @throws IllegalArgumentException if it does not
     */
    public EnvelopesPlan {
        if (count < FEWEST) {
            throw new IllegalArgumentException("--count: " + FEWEST + " or more");
        }
    }
}
