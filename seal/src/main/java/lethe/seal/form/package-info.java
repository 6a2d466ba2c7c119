/**
 * How fields become bytes and come back: lengths in front, everything big-endian, nothing optional.
 *
 * <p>Reading never throws: whatever does not fit is found out at the end, by asking the reader.
 */
@NullMarked
package lethe.seal.form;

import org.jspecify.annotations.NullMarked;
