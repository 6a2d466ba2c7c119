/**
 * Custody on the sender's side: every message stays here until it has ended.
 *
 * <pre>
 * accepted ──▶ waiting ──▶ under way ──▶ held ──▶ ended ──▶ told and settled ──▶ forgotten
 *                 ▲            │          │         ▲
 *                 └── refused, └─unknown──┘         │
 *                     unanswered          sms started
 * </pre>
 *
 * <p>Decides only: reads no clock, opens no file, sends nothing. {@link lethe.device.DeviceClient} performs.
 */
@NullMarked
package lethe.device.outbox;

import org.jspecify.annotations.NullMarked;
