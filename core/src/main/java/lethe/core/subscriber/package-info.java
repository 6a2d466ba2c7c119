/**
 * One subscriber: what of it is durable ({@link lethe.core.subscriber.SubscriberState}), what waits in memory
 * ({@link lethe.core.subscriber.Deliveries}), and the events that change the durable part.
 *
 * <p>Decides only. The broker performs: it persists events, answers, and sends.
 */
@NullMarked
package lethe.core.subscriber;

import org.jspecify.annotations.NullMarked;
