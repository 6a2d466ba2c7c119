/**
 * The subscriber as an actor: sharded, event-sourced, the only writer of its state.
 *
 * <pre>
 * recovering ──▶ (no session, nothing waits) ──▶ passivated
 *                   │ attach      │ deliver
 *                   ▼             ▼
 *                sessions ◀─── deliveries ──(hold window over)──▶ stored
 * </pre>
 *
 * <p>Core decides; this package persists, answers and pushes. It never sees a tag and never a transport.
 */
@NullMarked
package lethe.broker.subscriber;

import org.jspecify.annotations.NullMarked;
