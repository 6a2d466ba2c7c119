/** Claims about sessions, with a link and subscribers that only take notes. */
@NullMarked
package lethe.broker.session;

import org.jspecify.annotations.NullMarked;
