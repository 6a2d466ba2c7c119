/** What letters say, and the form of it. Types that this version does not know survive as they are. */
@NullMarked
package lethe.seal.content;

import org.jspecify.annotations.NullMarked;
