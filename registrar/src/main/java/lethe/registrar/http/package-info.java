/**
 * A small HTTP/1.1 port, with TLS 1.3 or on the loopback: one request at a time on a connection, whole and bounded, and
 * its answer.
 *
 * <p>Logs no request: no path, no header, no body, no address.
 */
@NullMarked
package lethe.registrar.http;

import org.jspecify.annotations.NullMarked;
