/**
 * Contact lookup without contacts: what is published of who is listed, and by whom.
 *
 * <p>One node of the cluster reads the table of who is listed, once a day all of it and once an hour what was added,
 * codes it, signs it, and stores the bytes. All nodes serve the same bytes to whoever asks. Nobody says whom they look
 * for.
 */
@NullMarked
package lethe.broker.lookup;

import org.jspecify.annotations.NullMarked;
