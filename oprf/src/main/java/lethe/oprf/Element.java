package lethe.oprf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A point of P-256 that is not the identity: a blinded number, or what a tagger made of one.
 *
 * <p>On the wire it is compressed, {@value #LENGTH} bytes (RFC 9497, section 4.3; SEC 1, section 2.3.3). Immutable,
 * equal by value. It does not print: it says nothing, but nobody needs it in a log.
 */
public final class Element {
    /** Bytes on the wire. */
    public static final int LENGTH = 33;

    private final ECPoint point;
    private final Opaque bytes;

    private Element(ECPoint normalized) {
        this.point = normalized;
        this.bytes = Opaque.wrap(normalized.getEncoded(true));
    }

    /**
     * Reads an element (RFC 9497, section 2.1, DeserializeElement). Empty if the bytes are not the one compressed form
     * of a point of the curve; the identity has no such form.
     */
    public static Optional<Element> decode(Opaque bytes) {
        if (bytes.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            // Refuses other forms, coordinates beyond the field, and what is no square.
            return Optional.of(new Element(P256.CURVE.decodePoint(bytes.shared())));
        } catch (IllegalArgumentException noPoint) {
            return Optional.empty();
        }
    }

    /**
     * Reads a list of elements.
     *
     * @return empty if one of them is none
     */
    public static Optional<List<Element>> decodeAll(List<Opaque> bytes) {
        List<Element> elements =
                bytes.stream().map(Element::decode).flatMap(Optional::stream).toList();
        return elements.size() == bytes.size() ? Optional.of(elements) : Optional.empty();
    }

    /**
     * The point as an element.
     *
     * @throws IllegalArgumentException if it is the identity
     */
    static Element of(ECPoint point) {
        return all(point).get(0);
    }

    /** Many at once: one inversion in the field for all of them. */
    static List<Element> all(ECPoint... points) {
        P256.CURVE.normalizeAll(points);
        return Arrays.stream(points).map(Element::notIdentity).toList();
    }

    private static Element notIdentity(ECPoint point) {
        if (point.isInfinity()) {
            throw new IllegalArgumentException("the identity is no element");
        }
        return new Element(point);
    }

    ECPoint point() {
        return point;
    }

    /** The compressed form. */
    public Opaque bytes() {
        return bytes;
    }

    /** The sum with another one; empty if that is the identity. */
    Optional<Element> plus(Element other) {
        ECPoint sum = point.add(other.point).normalize();
        return sum.isInfinity() ? Optional.empty() : Optional.of(new Element(sum));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "Element[***]";
    }
}
