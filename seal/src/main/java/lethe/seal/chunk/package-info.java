/**
 * Chunks of larger files: sealed with the key of the file, which came in a letter, and sent beside envelopes.
 *
 * <pre>
 *   129 | transfer 16 | number 4 | AES-256-GCM( bytes of the file | zeros, up to 32 KiB )
 *   nonce = zeros 8 | number 4;  additional data = 129 | transfer 16 | number 4 | 1 for the last one, else 0
 * </pre>
 *
 * <p>All have the same length, {@link lethe.seal.chunk.ChunkCipher#LENGTH}. The highest bit of the first byte tells
 * them from envelopes, whose versions count up from 1; the others are the version of this form.
 */
@NullMarked
package lethe.seal.chunk;

import org.jspecify.annotations.NullMarked;
