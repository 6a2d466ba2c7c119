package lethe.wire;

/**
 * The bodies of the HTTP resources as bytes: the records of {@link lethe.core.protocol.Bodies} and
 * {@link lethe.core.protocol.TaggerBodies} and {@link lethe.core.protocol.VerifierBodies},
 * {@link lethe.core.protocol.GatewayBodies}, {@link lethe.core.protocol.PrekeyBodies},
 * {@link lethe.core.prekey.PrekeyBatch}, {@link lethe.core.ownership.Ownership}, {@link lethe.core.permit.Permit},
 * {@link lethe.core.permit.Permission}, the sets of {@link lethe.core.lookup} and {@link lethe.core.protocol.Problem}.
 * As strict as {@link Frames}; the size of the whole is the server's to bound.
 */
public final class Payloads {
    private Payloads() {}

    /**
     * The bytes of a body.
     *
     * @throws IllegalArgumentException if it is none of the records named above
     */
    @SuppressWarnings("unchecked") // the record's own class names its shape
    public static <T extends Record> byte[] encode(Encoding encoding, T body) {
        return Octets.of(encoding, BodyShapes.of((Class<T>) body.getClass()), body);
    }

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if the type is none of the records named above
     */
    public static <T extends Record> Decoded<T> decode(Encoding encoding, Class<T> type, byte[] bytes) {
        return Octets.read(encoding, BodyShapes.of(type), bytes, 0, bytes.length);
    }
}
