/**
 * The envelopes that wait for one device, oldest first, and the window through which its phone gets them.
 *
 * <pre>
 * admit ─▶ in memory ──(hold window over, or no phone)──▶ stored
 *               └──────── acknowledged, due, revoked ◀──────┘
 * </pre>
 *
 * <p>Mutable, for one owner on one thread; reads no clock, does no I/O.
 */
@NullMarked
package lethe.core.queue;

import org.jspecify.annotations.NullMarked;
