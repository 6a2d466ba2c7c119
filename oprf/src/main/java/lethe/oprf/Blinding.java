package lethe.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.identity.Tag;
import org.bouncycastle.util.BigIntegers;

/**
 * One number under way to its tag: the number, and the random scalar that hides it (RFC 9497, section 3.3.1). Used
 * once; it does not print.
 *
 * <p>The blinded element is as likely to come of any other number, so whoever sees it, or what the tagger makes of it,
 * learns nothing, and cannot tell it from an element that stands for no number at all.
 */
public final class Blinding {
    private static final byte[] PREFIX = "tel:".getBytes(StandardCharsets.US_ASCII);

    private final Suite suite;
    private final byte[] input;
    private final BigInteger blind;
    private final Element blinded;

    private Blinding(Suite suite, byte[] input, BigInteger blind) {
        this.suite = suite;
        this.input = input;
        this.blind = blind;
        this.blinded = Element.of(P256.timesSecret(suite.hashToGroup(input), blind));
    }

    /**
     * Blinds a number.
     *
     * @param number of the kind {@link PlainIdentifier.Kind#NUMBER}; no other kind leaves its device, blinded or not
     * @param random a cryptographically strong source
     * @throws IllegalArgumentException if it is of another kind
     */
    @RevealsIdentifiers("the function's input is the number itself, and is blinded before anybody sees it")
    public static Blinding of(PlainIdentifier number, RandomGenerator random) {
        if (number.kind() != PlainIdentifier.Kind.NUMBER) {
            throw new IllegalArgumentException("only numbers have tags");
        }
        byte[] digits = number.revealBytes();
        byte[] input = Arrays.copyOf(PREFIX, PREFIX.length + digits.length);
        System.arraycopy(digits, 0, input, PREFIX.length, digits.length);
        Arrays.fill(digits, (byte) 0);
        return new Blinding(Suite.VOPRF, input, P256.randomScalar(random));
    }

    static Blinding of(Suite suite, Opaque input, BigInteger blind) {
        return new Blinding(suite, input.toBytes(), blind);
    }

    /** An element that stands for no number, to fill up a batch with. */
    static Element nobody(RandomGenerator random) {
        return Element.of(P256.timesSecret(P256.GENERATOR, P256.randomScalar(random)));
    }

    /** What the tagger is shown. */
    public Element blinded() {
        return blinded;
    }

    /** The tag, of what the tagger made of the blinded element, proof checked (Finalize). */
    public Tag finish(Element evaluated) {
        // The order is public and odd, the blind is neither zero nor beyond it: this takes the same time for each.
        BigInteger unblind = BigIntegers.modOddInverse(P256.ORDER, blind);
        Element underKey = Element.of(P256.timesSecret(evaluated.point(), unblind));
        return new Tag(suite.finish(input, underKey));
    }

    /** Overwrites the number. No tag is to be had of it any more. */
    void wipe() {
        Arrays.fill(input, (byte) 0);
    }

    @Override
    public String toString() {
        return "Blinding[***]";
    }
}
