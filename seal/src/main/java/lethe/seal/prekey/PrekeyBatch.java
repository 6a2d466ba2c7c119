package lethe.seal.prekey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * Prekeys that a device publishes at once, as bytes that brokers need not understand: their number, then each with its
 * length.
 *
 * @param prekeys 1 to {@link #MOST}, no two with the same id
 */
public record PrekeyBatch(List<Prekey> prekeys) {
    /** Bounds what a batch takes: 127 KiB. */
    public static final int MOST = 100;

    public PrekeyBatch {
        prekeys = List.copyOf(prekeys);
        if (prekeys.isEmpty() || prekeys.size() > MOST || hasTwins(prekeys)) {
            throw new IllegalArgumentException("1 to " + MOST + " prekeys, each with an id of its own");
        }
    }

    /** Reads what {@link #encode} writes; empty if it is something else. Signatures are not looked at. */
    public static Optional<PrekeyBatch> decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        int count = in.u8();
        List<Prekey> prekeys = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            Prekey.decode(in.bytes(Prekey.MOST_BYTES)).ifPresentOrElse(prekeys::add, in::refuse);
        }
        if (!in.isDone() || prekeys.isEmpty() || count > MOST || hasTwins(prekeys)) {
            return Optional.empty();
        }
        return Optional.of(new PrekeyBatch(prekeys));
    }

    public Opaque encode() {
        FieldWriter out = new FieldWriter().u8(prekeys.size());
        prekeys.forEach(prekey -> out.bytes(prekey.encode()));
        return Opaque.wrap(out.toBytes());
    }

    private static boolean hasTwins(List<Prekey> prekeys) {
        return prekeys.stream().map(Prekey::id).distinct().count() < prekeys.size();
    }
}
