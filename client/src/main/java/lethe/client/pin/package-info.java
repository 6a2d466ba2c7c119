/** The registration PIN as a phone has it: a key that is derived from it, and nothing that is kept or sent. */
@NullMarked
package lethe.client.pin;

import org.jspecify.annotations.NullMarked;
