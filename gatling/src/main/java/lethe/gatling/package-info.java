/**
 * Load simulations for Gatling: thousands of phones, as virtual users, that speak {@code lethe.v1.cbor}.
 *
 * <p>Runs in a process of its own, apart from every other module but the device: Gatling needs another Netty.
 */
@NullMarked
package lethe.gatling;

import org.jspecify.annotations.NullMarked;
