/**
 * A phone's side of Lethe: keeps custody of what it sends until the broker answers.
 *
 * <p>Opens nothing before its owner has opted in.
 */
@NullMarked
package lethe.device;

import org.jspecify.annotations.NullMarked;
