/**
 * The capture drill: what a security lab does to a phone's messaging service. A phone whose owner's number, IMSI, IMEI,
 * carrier and contacts are known registers, looks its contacts up, opts in, chats, and falls back to SMS; the traffic
 * is recorded, TLS is opened, and all that any server could see is searched for what it must not know.
 *
 * <p>The phones are in this process, which nobody searches. Links nothing of the servers.
 */
@NullMarked
package lethe.loadtest.capture;

import org.jspecify.annotations.NullMarked;
