/**
 * The verifier: finds out whether a number belongs to whoever says so, and signs that. Only here is a number seen, from
 * the opening of a session to its end, ten minutes at most.
 *
 * <p>Keeps nothing on a disk but its own keys; logs nothing of what it is asked.
 * {@link lethe.registrar.verifier.Sessions} decides, with the time passed in; {@link lethe.registrar.verifier.Verifier}
 * performs.
 */
@NullMarked
package lethe.registrar.verifier;

import org.jspecify.annotations.NullMarked;
