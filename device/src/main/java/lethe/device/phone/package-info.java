/** The command {@code lethe phone}: a phone in a terminal. */
@NullMarked
package lethe.device.phone;

import org.jspecify.annotations.NullMarked;
