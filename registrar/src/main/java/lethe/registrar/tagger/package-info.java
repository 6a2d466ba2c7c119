/**
 * The tagger: holds the key, or a share of the key, that numbers become tags with, and evaluates what it cannot read.
 *
 * <p>Sees no number, no tag and no account; keeps nothing of a request; writes nothing to a disk but a key that it is
 * told to make.
 */
@NullMarked
package lethe.registrar.tagger;

import org.jspecify.annotations.NullMarked;
