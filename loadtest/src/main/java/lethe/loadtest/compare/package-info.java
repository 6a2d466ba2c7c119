/**
 * The comparison: several brokers do the same work in alternation, and medians become tables and a chart.
 *
 * <p>Starts brokers, and stops them; what a broker is and how one speaks to it, others know.
 */
@NullMarked
package lethe.loadtest.compare;

import org.jspecify.annotations.NullMarked;
