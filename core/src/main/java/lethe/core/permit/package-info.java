/**
 * That whoever asks taggers has proven a number to a verifier, and how that is shown without saying which number.
 * Nothing here has a number or a tag, reads a clock or draws chance.
 */
@NullMarked
package lethe.core.permit;

import org.jspecify.annotations.NullMarked;
