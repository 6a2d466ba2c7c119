package lethe.device.keys;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.store.ContentDamaged;
import lethe.seal.crypto.Suite;
import lethe.seal.form.FieldReader;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.RevealsSecrets;

/**
 * What lies in the slot: version 1, the next id 8, how many ids the broker has heard of 8, the number of secrets 4, and
 * of each its id 4, kind 1, suite 1, expiry 8 (seconds), secret 32. Big-endian.
 *
 * @param next id to be given, to 2^32
 * @param published below this the broker has heard of every id
 */
record KeptState(long next, long published, Collection<KeptSecret> secrets) {
    static final KeptState NEW = new KeptState(0, 0, List.of());

    private static final int VERSION = 1;
    private static final int HEADER = 1 + 2 * Long.BYTES + Integer.BYTES;
    private static final int EACH = Integer.BYTES + 2 + Long.BYTES + Suite.SECRET;
    private static final long IDS = 1L << Integer.SIZE;

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws ContentDamaged if it is something else
     */
    static KeptState decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        int version = in.u8();
        long next = in.u64();
        long published = in.u64();
        int count = in.u32();
        List<KeptSecret> secrets = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            read(in).ifPresentOrElse(secrets::add, in::refuse);
        }
        boolean counted = next >= 0 && next <= IDS && published >= 0 && published <= IDS;
        boolean below = secrets.stream().allMatch(each -> each.number() < next);
        if (!in.isDone() || version != VERSION || count != secrets.size() || !counted || !below) {
            throw new ContentDamaged("prekeys");
        }
        return new KeptState(next, published, secrets);
    }

    private static Optional<KeptSecret> read(FieldReader in) {
        PrekeyId id = new PrekeyId(in.u32());
        Optional<PrekeyKind> kind = PrekeyKind.of(in.u8());
        Optional<Suite> suite = Suite.of(in.u8());
        long expires = in.u64();
        Opaque secret = in.raw(Suite.SECRET);
        if (kind.isEmpty() || suite.isEmpty() || expires < 0 || expires > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        PrekeySecret kept = PrekeySecret.of(id, kind.get(), suite.get(), secret);
        Arrays.fill(secret.shared(), (byte) 0);
        return Optional.of(new KeptSecret(kept, Instant.ofEpochSecond(expires)));
    }

    Opaque encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + EACH * secrets.size())
                .put((byte) VERSION)
                .putLong(next)
                .putLong(published)
                .putInt(secrets.size());
        secrets.forEach(each -> write(each, out));
        return Opaque.wrap(out.array());
    }

    @RevealsSecrets("the phone keeps them from one start to the next")
    private static void write(KeptSecret kept, ByteBuffer out) {
        PrekeySecret secret = kept.secret();
        Opaque clear = secret.reveal().orElseThrow();
        out.putInt(secret.id().bits())
                .put((byte) secret.kind().code())
                .put((byte) secret.suite().code())
                .putLong(kept.expires().getEpochSecond())
                .put(clear.shared());
        Arrays.fill(clear.shared(), (byte) 0);
    }
}
