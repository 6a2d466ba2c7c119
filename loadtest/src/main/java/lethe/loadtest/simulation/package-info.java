/**
 * The pure parts of Lethe against each other, in one thread, in simulated time: phones with the real outbox and inbox,
 * subscribers with the real core, and between them a network, nodes and a store that fail as the seed wants it. The
 * same seed is the same run, whichever machine it runs on.
 *
 * <pre>
 * Workload ─▶ Phone ──Connection──▶ Session ──Network──▶ Owner ──Fence──▶ Store
 *             outbox, inbox         on a Node            core             rows, numbers
 *                └────────────────────── Chronicle ◀─ what applications saw ─▶ Judgement
 * Nemesis: breaks all of it                                                        │
 * Shrinking: fewer steps, faults, phones and nodes that still fail ◀───────────────┘
 * </pre>
 *
 * <p>Real: {@code device.outbox}, {@code device.inbox}, {@code core.subscriber}, {@code core.queue},
 * {@code core.receipt}, and the checker of histories. Modelled: whatever performs what these decide, each class as thin
 * as it can be; it says what it leaves out.
 *
 * <p>Reads no clock and draws nothing that the seed does not give. Everything that is walked through has an order that
 * does not depend on hash codes.
 */
@NullMarked
package lethe.loadtest.simulation;

import org.jspecify.annotations.NullMarked;
