/**
 * The phones of a simulation: who they are, what they say next, what they have heard.
 *
 * <p>Knows nothing of Gatling. A phone belongs to one virtual user at a time, whose event loop makes all calls; what a
 * summary reads, it reads when all users have ended.
 */
@NullMarked
package lethe.gatling.phone;

import org.jspecify.annotations.NullMarked;
