/**
 * Starts the simulations of the module {@code gatling}, as a process of their own.
 *
 * <p>Links nothing of it: Gatling and this program need different versions of Netty.
 */
@NullMarked
package lethe.loadtest.gatling;

import org.jspecify.annotations.NullMarked;
