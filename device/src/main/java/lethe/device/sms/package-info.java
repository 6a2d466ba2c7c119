/**
 * SMS in place of messages that did not go over IP: the phone's modem as a port, what a gateway is given to say, and
 * what has arrived.
 *
 * <p>The only package of this module, besides contacts and the owner's own files, that reads a number in clear.
 */
@NullMarked
package lethe.device.sms;

import org.jspecify.annotations.NullMarked;
