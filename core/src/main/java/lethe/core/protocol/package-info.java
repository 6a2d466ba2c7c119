/**
 * What phones and brokers say to each other: the frames of <code>lethe.v1</code>, the bodies of the HTTP resources, the
 * reasons to close a socket and the registry of problems.
 *
 * <p>Plain records: how they look as CBOR or JSON is the business of <code>lethe.wire</code>.
 */
@NullMarked
package lethe.core.protocol;

import org.jspecify.annotations.NullMarked;
