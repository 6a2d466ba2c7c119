/**
 * The subscriber as an actor: sharded, event-sourced, the only writer of its state.
 *
 * <p>{@code Front} takes the commands in, {@code Subscriber} is Akka's side of it, {@code Desk} gives each command to
 * {@code Registration}, {@code Intake}, {@code Handout}, {@code Prekeys} or {@code Custody}.
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
