package lethe.registrar.gateway;

import java.time.Duration;

/**
 * When traffic looks inflated: SMS that somebody earns by, to numbers where nobody reads.
 *
 * @param neighbours different numbers of one hundred that may get SMS within {@code within}
 * @param undeliveredPercent of the last {@code of} SMS to a prefix: from there on it is not served
 * @param pause for which it is not
 */
record Suspicion(int neighbours, Duration within, int undeliveredPercent, int of, Duration pause) {}
