/** When, and how, a message turns into an SMS. */
@NullMarked
package lethe.core.fallback;

import org.jspecify.annotations.NullMarked;
