/**
 * The tagger: holds the key, or a share of the key, that numbers become tags with, and evaluates what it cannot read.
 *
 * <p>Sees no number, no tag and no account; keeps of a request, in memory, how much its permit's pseudonym has asked
 * for and for two minutes that it was shown; writes nothing to a disk but a key that it is told to make.
 */
@NullMarked
package lethe.registrar.tagger;

import org.jspecify.annotations.NullMarked;
