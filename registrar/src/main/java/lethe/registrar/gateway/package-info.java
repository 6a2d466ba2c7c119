/**
 * The gateway: has an SMS sent whose number and text only it can read, for the moment in which it is handed to a
 * carrier's centre, and says what became of it.
 *
 * <pre>
 * put ─▶ WAITING ─▶ SENDING ─▶ ENDED (delivered, failed, unknown) ─▶ acknowledged ─▶ forgotten when it expires
 *            │ ▲        │
 *            │ └────────┘ nothing was taken: the centre is busy
 *            └─▶ ENDED (unsent), after a restart: the capsule is in memory only
 * </pre>
 *
 * {@link lethe.registrar.gateway.Ledger} holds that, with the time passed in; {@link lethe.registrar.gateway.Journal}
 * keeps it on a disk, sealed, without numbers; {@link lethe.registrar.gateway.Gateway} performs. No log has anything of
 * it.
 */
@NullMarked
package lethe.registrar.gateway;

import org.jspecify.annotations.NullMarked;
