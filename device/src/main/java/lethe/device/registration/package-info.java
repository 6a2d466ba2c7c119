/**
 * A phone shows a verifier that its number is its own: what it says is sealed, what it is told is checked.
 *
 * <p>Opens nothing before it is asked. The number goes to the verifier and to nobody else.
 */
@NullMarked
package lethe.device.registration;

import org.jspecify.annotations.NullMarked;
