/**
 * Asking by HTTP, and what counts as an answer. Knows no number: what is asked for is blinded or sealed before it comes
 * here.
 */
@NullMarked
package lethe.client.http;

import org.jspecify.annotations.NullMarked;
