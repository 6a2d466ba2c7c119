package lethe.registrar.tagger;

import java.time.Duration;

/**
 * How much may be asked of a tagger.
 *
 * @param burst elements of a pseudonym at once
 * @param aDay elements of a pseudonym that come back in a day
 * @param pseudonyms counted at once
 * @param nonces remembered at once
 */
record Allowance(int burst, int aDay, int pseudonyms, int nonces) {
    /** How long until so many elements have come back. */
    Duration toRegain(int elements) {
        return Duration.ofDays(1).multipliedBy(elements).dividedBy(aDay);
    }
}
