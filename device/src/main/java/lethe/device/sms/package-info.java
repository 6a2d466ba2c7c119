/**
 * The phone's modem, as a port: the last way for a message that did not go over IP.
 *
 * <p>The only package of this module, besides contacts and the owner's own files, that reads a number in clear.
 */
@NullMarked
package lethe.device.sms;

import org.jspecify.annotations.NullMarked;
