/**
 * What the rows of a subscriber say, as CBOR with stable names and a version each, and the seam at which they are
 * sealed.
 *
 * <p>Reads no clock and does no I/O.
 */
@NullMarked
package lethe.persistence.row;

import org.jspecify.annotations.NullMarked;
