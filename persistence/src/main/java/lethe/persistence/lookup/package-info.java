/**
 * The tables behind contact lookup: who is listed, and what was published of it. Neither leads to a subscriber, and
 * neither is sealed: the one is published, and the other was.
 */
@NullMarked
package lethe.persistence.lookup;

import org.jspecify.annotations.NullMarked;
