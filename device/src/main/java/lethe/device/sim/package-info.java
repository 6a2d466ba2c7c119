/**
 * Whether the phone still has the SIM with which its owner opted in. Compared on the phone; neither IMSI nor IMEI is
 * kept, sent or printed.
 */
@NullMarked
package lethe.device.sim;

import org.jspecify.annotations.NullMarked;
