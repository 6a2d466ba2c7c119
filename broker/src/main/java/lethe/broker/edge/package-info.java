/**
 * The edge: what phones connect to. Bytes, HTTP and WebSocket end here.
 *
 * <pre>
 * TCP ─▶ connection (bounds per address, slow headers) ─▶ Akka HTTP ─┬▶ resource (one class each)
 *                                                                    └▶ 101 ─▶ socket (frames) ─▶ Session
 * </pre>
 *
 * <p>Never stores anything, never logs a path, a query, a header or an address, and answers nothing but what it made
 * itself: no input is echoed.
 */
@NullMarked
package lethe.broker.edge;

import org.jspecify.annotations.NullMarked;
