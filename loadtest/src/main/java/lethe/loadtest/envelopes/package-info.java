/**
 * The envelope drill: a malicious broker alters, repeats, mixes up and forges envelopes, and substitutes keys; no phone
 * takes any of it.
 *
 * <p>Everything is drawn from one seed. No broker runs: what one could do to an envelope is done to the bytes.
 */
@NullMarked
package lethe.loadtest.envelopes;

import org.jspecify.annotations.NullMarked;
