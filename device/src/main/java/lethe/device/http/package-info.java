/** A phone's HTTP requests, signed by its device key (RFC 9421, Ed25519). */
@NullMarked
package lethe.device.http;

import org.jspecify.annotations.NullMarked;
