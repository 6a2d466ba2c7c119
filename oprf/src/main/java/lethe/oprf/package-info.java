/**
 * How a phone number becomes a tag without being shown to anybody: RFC 9497, the verifiable mode (VOPRF), suite
 * P256-SHA256, over {@code "tel:"} and the E.164 number.
 *
 * <p>Whoever asks holds a {@link lethe.oprf.Blinding}: it hides the number behind a random scalar, and turns what comes
 * back into the tag. A tagger holds a {@link lethe.oprf.SecretKey}: it evaluates what it cannot read, and proves that
 * it used the key whose public half everybody knows.
 *
 * <p>Reads no clock, opens no socket and no file, draws no random bytes but from the generator that it is given. Every
 * multiplication with a secret scalar takes the same time whatever the scalar (Bouncy Castle 1.86); sums and products
 * of scalars are Java's and do not promise that.
 */
@NullMarked
package lethe.oprf;

import org.jspecify.annotations.NullMarked;
