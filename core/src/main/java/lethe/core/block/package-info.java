/**
 * From whom a subscriber takes no messages, and what it says of those that it got.
 *
 * <p>Neither holds an address: a block is a mark under the subscriber's own key, a report opens what the message itself
 * has sealed.
 */
@NullMarked
package lethe.core.block;

import org.jspecify.annotations.NullMarked;
