package lethe.registrar.verifier;

import java.time.Duration;
import lethe.registrar.process.NamedLimits;

/**
 * What a verifier allows.
 *
 * @param sessions open at once
 * @param numbers remembered at once, each as an HMAC
 * @param life of a session, and of its code
 * @param tries of a session
 * @param betweenCodes how long until the code goes to the same number again
 * @param sessionsOfANumber within {@code memory}
 * @param memory how long a session of a number counts
 * @param codesAMinute SMS to all numbers together: what a flood can cost
 * @param textsAMinute from all phones together that are looked at
 * @param statement how long a statement is good for
 * @param permit how long a permit is good for, to the day
 */
record Bounds(
        int sessions,
        int numbers,
        Duration life,
        int tries,
        Duration betweenCodes,
        int sessionsOfANumber,
        Duration memory,
        int codesAMinute,
        int textsAMinute,
        Duration statement,
        Duration permit) {
    static Bounds usual() {
        return new VerifierLimits(NamedLimits.usual(VerifierLimits.ALL)).bounds();
    }
}
