/**
 * The records of {@code lethe.core.protocol} as bytes: CBOR with integer keys, JSON with names, one schema.
 *
 * <p>Knows neither sockets nor actors; broker and device share it.
 */
@NullMarked
package lethe.wire;

import org.jspecify.annotations.NullMarked;
