/**
 * What became of a message: <code>held</code>, then exactly one terminal state.
 *
 * <pre>
 * (nothing) ──▶ held ──▶ delivered | expired | revoked | rejected | undecryptable | lost | sms_…
 *     └──────────────────▶ the same, at once
 * </pre>
 */
@NullMarked
package lethe.core.receipt;

import org.jspecify.annotations.NullMarked;
