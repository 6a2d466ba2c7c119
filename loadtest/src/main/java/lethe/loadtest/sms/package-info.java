/**
 * The SMS drill: phones write to others that are there, away, coming, going or slow when a message has to become an
 * SMS, while broker and gateway die; and the history is judged by the ways that each message went.
 *
 * <p>What happens is drawn from one seed; when exactly it happens depends on the machine.
 */
@NullMarked
package lethe.loadtest.sms;

import org.jspecify.annotations.NullMarked;
