/**
 * What a phone keeps of a proven number to ask taggers with. Knows no number and no tag, and signs nothing but batches.
 */
@NullMarked
package lethe.client.permit;

import org.jspecify.annotations.NullMarked;
