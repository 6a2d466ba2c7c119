/** From one letter to the envelopes of all devices that shall read it. */
@NullMarked
package lethe.device.letters;

import org.jspecify.annotations.NullMarked;
