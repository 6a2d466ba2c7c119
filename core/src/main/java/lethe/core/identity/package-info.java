/**
 * Who is who, without saying so: addresses, devices, messages, and the identifiers that must never be printed.
 *
 * <p>Reads no clock and draws no random bytes; whoever makes an identifier passes its bytes in.
 */
@NullMarked
package lethe.core.identity;

import org.jspecify.annotations.NullMarked;
