/**
 * A phone's TCP connection before and around HTTP: how many one address may have, how fast it may ask, and how long it
 * may take to say what it wants.
 *
 * <p>Akka HTTP has no such bounds of its own: a client that sends its headers one byte at a time would keep a slot for
 * ever. Addresses live in memory only, as long as they are counted.
 */
@NullMarked
package lethe.broker.edge.connection;

import org.jspecify.annotations.NullMarked;
