/**
 * Larger files, chunk by chunk, while both phones are connected: nothing of them is stored on the way.
 *
 * <pre>
 * {@link lethe.device.files.Outgoing}              {@link lethe.device.files.Incoming}
 *   offered   ──── letter: {@code RemoteAttachment} ────▶   begun
 *             ◀─── letter: {@code Wanted}, chunks ───────   asks, a window at a time
 *   sends     ──── chunks, now or never ──────────▶   writes; asks anew for what did not come
 *             ◀─── letter: {@code Wanted}, done ─────────   checks, keeps, ends
 *   forgets
 * </pre>
 *
 * <p>Decides only: reads no clock, opens no file, sends nothing. {@link lethe.device.FileRelay} performs.
 */
@NullMarked
package lethe.device.files;

import org.jspecify.annotations.NullMarked;
