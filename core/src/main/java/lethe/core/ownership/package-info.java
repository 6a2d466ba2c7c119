/**
 * That somebody owns the number behind a tag, as a verifier has found out and signed. Nothing here has a number, reads
 * a clock or draws chance.
 */
@NullMarked
package lethe.core.ownership;

import org.jspecify.annotations.NullMarked;
