/**
 * Who can be reached, without asking about anybody: the tags of those who agreed to be listed, published as a whole.
 *
 * <p>A tag is listed as 64 bits of its hash ({@link ListedTag}). All of them are coded once a day into a
 * {@link CodedSet}, which stands signed in a {@link DaySet}; what is added until the next one stands in an
 * {@link HourSet} for each hour. A phone has the tags of its contacts, looks for them in what it fetched, and tells
 * nobody. Reads no clock, opens no file and no socket.
 */
@NullMarked
package lethe.core.lookup;

import org.jspecify.annotations.NullMarked;
