package lethe.persistence.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;

/** Rows under the keys of epochs and of an installation. */
public final class Sealing implements RowSealer {
    private static final byte VERSION = 1;
    private static final int WRAPPED = EpochKey.LENGTH + AesGcm.TAG;
    private static final int BEFORE = 1 + Long.BYTES + AesGcm.NONCE + WRAPPED;

    /** What a sealed row is longer than what it says. */
    static final int OVERHEAD = BEFORE + AesGcm.TAG;

    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private final EpochKeys keys;
    private final InstallationKey installation;

    /** Under the given keys. */
    public Sealing(EpochKeys keys, InstallationKey installation) {
        this.keys = keys;
        this.installation = installation;
    }

    @Override
    public Opaque hide(RowAddress address) {
        return installation.hide(address.item());
    }

    @Override
    public RowAddress reveal(RowKind kind, Opaque hidden, long incarnation) {
        return new RowAddress(kind, installation.reveal(hidden), incarnation);
    }

    @Override
    public Opaque seal(String persistenceId, RowAddress address, Opaque plain) {
        return installation.seal(Bound.to(persistenceId, address, VERSION, 0), plain, RANDOM.get());
    }

    @Override
    public Optional<Opaque> open(String persistenceId, RowAddress address, Opaque sealed) {
        return installation.open(Bound.to(persistenceId, address, VERSION, 0), sealed);
    }

    @Override
    public SealedRow sealForNow(String persistenceId, RowAddress address, Opaque plain) {
        byte[] key = random(EpochKey.LENGTH);
        byte[] nonce = random(AesGcm.NONCE);
        EpochKey present = keys.currentKey();
        byte[] bound = Bound.to(persistenceId, address, VERSION, present.epoch());
        // Of a present epoch's key: it is destroyed an epoch later at the earliest.
        byte[] wrapped =
                present.use(under -> AesGcm.seal(under, nonce, bound, key)).orElseThrow();
        byte[] body = AesGcm.seal(key, AesGcm.ONLY_NONCE, bound, plain.shared());
        byte[] payload = ByteBuffer.allocate(BEFORE + body.length)
                .put(VERSION)
                .putLong(present.epoch())
                .put(nonce)
                .put(wrapped)
                .put(body)
                .array();
        return new SealedRow(Opaque.wrap(payload), new RowKey(key, present.epoch()));
    }

    @Override
    public Optional<OpenedRow> openForNow(String persistenceId, RowAddress address, Opaque sealed) {
        byte[] payload = sealed.shared();
        if (!isOurs(payload)) {
            return Optional.empty();
        }
        long epoch = epoch(payload);
        byte[] bound = Bound.to(persistenceId, address, VERSION, epoch);
        int nonceAt = 1 + Long.BYTES;
        byte[] nonce = Arrays.copyOfRange(payload, nonceAt, nonceAt + AesGcm.NONCE);
        return keys.find(epoch)
                .flatMap(key ->
                        key.use(under -> AesGcm.open(under, nonce, bound, payload, nonceAt + AesGcm.NONCE, WRAPPED)))
                .flatMap(unwrapped -> unwrapped)
                .flatMap(key -> openWith(key, persistenceId, address, sealed));
    }

    @Override
    public Optional<OpenedRow> openWith(byte[] key, String persistenceId, RowAddress address, Opaque sealed) {
        byte[] payload = sealed.shared();
        if (!isOurs(payload)) {
            return Optional.empty();
        }
        long epoch = epoch(payload);
        byte[] bound = Bound.to(persistenceId, address, VERSION, epoch);
        return AesGcm.open(key, AesGcm.ONLY_NONCE, bound, payload, BEFORE, payload.length - BEFORE)
                .map(plain -> new OpenedRow(Opaque.wrap(plain), new RowKey(key, epoch)));
    }

    @Override
    public long epoch() {
        return keys.current();
    }

    @Override
    public Instant renewal(long epoch, String persistenceId) {
        return keys.epochs().renewal(epoch, persistenceId);
    }

    private static boolean isOurs(byte[] payload) {
        return payload.length >= OVERHEAD && payload[0] == VERSION;
    }

    private static long epoch(byte[] payload) {
        return ByteBuffer.wrap(payload).getLong(1);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.get().nextBytes(bytes);
        return bytes;
    }
}
