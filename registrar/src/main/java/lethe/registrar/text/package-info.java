/** Texts as SMS carry them: alphabets, and parts. Sends nothing. */
@NullMarked
package lethe.registrar.text;

import org.jspecify.annotations.NullMarked;
