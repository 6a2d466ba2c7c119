package lethe.client.permit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A permit in the hands of whoever it was made out to. It does not print. */
public record HeldPermit(Permit permit, PermitKey key) {
    /**
     * A permit with its key.
     *
     * @throws IllegalArgumentException if the permit is made out to another key
     */
    public HeldPermit {
        if (!permit.key().equals(key.publicKey())) {
            throw new IllegalArgumentException("a permit for another key");
        }
    }

    /**
     * A batch as taggers want to be asked: signed, for now and for once.
     *
     * @param random a cryptographically strong source, for the nonce
     */
    public Evaluate show(Evaluate batch, Instant now, RandomGenerator random) {
        byte[] drawn = new byte[Permission.NONCE];
        random.nextBytes(drawn);
        Opaque nonce = Opaque.wrap(drawn);
        Instant created = now.truncatedTo(ChronoUnit.SECONDS);
        byte[] statement = Permission.statement(permit, created, nonce, batch.version(), batch.blinded());
        return batch.with(new Permission(permit, created, nonce, key.sign(statement)));
    }

    /** Two lines of text, for a private file: the key, and the permit. */
    public String toLines() {
        return key.secret().toText() + "\n"
                + Opaque.wrap(Payloads.encode(Encoding.CBOR, permit)).toText() + "\n";
    }

    /** Reads what {@link #toLines} writes; empty if it is something else. */
    public static Optional<HeldPermit> fromLines(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 2) {
            return Optional.empty();
        }
        try {
            PermitKey key = PermitKey.of(Opaque.fromText(lines.get(0)));
            byte[] permit = Opaque.fromText(lines.get(1)).shared();
            return Payloads.decode(Encoding.CBOR, Permit.class, permit) instanceof Decoded.Good<Permit> good
                    ? Optional.of(new HeldPermit(good.value(), key))
                    : Optional.empty();
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "HeldPermit[***]";
    }
}
