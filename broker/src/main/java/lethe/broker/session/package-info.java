/**
 * One live connection of a device, without its transport: decoded frames in, frames out.
 *
 * <pre>
 * opened ─▶ greeting ──hello──▶ joining ──attached──▶ live ──▶ over
 *              └── no hello in time, no consent, not authentic ──▶ over
 * </pre>
 */
@NullMarked
package lethe.broker.session;

import org.jspecify.annotations.NullMarked;
