package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A ledger whose every frame is sealed by the key of its incarnation, to its place and to the frame before it: none can
 * be altered, moved, taken out, or put in from another incarnation. Whoever cuts frames off at the end is not noticed,
 * as that is what a crash does.
 */
final class SealedFraming implements Framing {
    private static final byte[] MARK = "LETHE/E1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MARK.length + DataKeys.ID;

    private final PhoneFiles files;
    private final String name;
    private final DataKeys keys;

    SealedFraming(PhoneFiles files, Vault vault, String name) {
        this.files = files;
        this.name = name;
        this.keys = new DataKeys(files, vault, name);
    }

    /** By which key such a file is sealed; empty if it is none. */
    static Optional<Opaque> keyOf(byte[] stored) {
        return Vault.begins(stored, MARK) && stored.length >= HEADER
                ? Optional.of(Opaque.wrap(Arrays.copyOfRange(stored, MARK.length, HEADER)))
                : Optional.empty();
    }

    @Override
    public int headerLength() {
        return HEADER;
    }

    @Override
    public Incarnation begin(byte[] before) throws IOException {
        return new Sealed(keys.draw(keyOf(before).orElse(Opaque.empty()).shared()));
    }

    @Override
    public Optional<Incarnation> read(byte[] header) throws IOException {
        Optional<Opaque> id = keyOf(header);
        return id.isEmpty() ? Optional.empty() : keys.find(id.get().shared()).map(Sealed::new);
    }

    @Override
    public void settle(Incarnation current) throws IOException {
        keys.keepOnly(keyOf(current.header()).orElseThrow().shared());
    }

    private final class Sealed implements Incarnation {
        private final DataKeys.DataKey key;

        private Sealed(DataKeys.DataKey key) {
            this.key = key;
        }

        @Override
        public byte[] header() {
            return ByteBuffer.allocate(HEADER).put(MARK).put(key.id()).array();
        }

        @Override
        public byte[] seal(byte[] batch, byte[] last, long offset) {
            return key.seal(bound(last, offset), batch, files);
        }

        @Override
        public Optional<byte[]> open(byte[] stored, byte[] last, long offset) {
            return key.open(bound(last, offset), stored);
        }

        /** The end of what is sealed is the cipher's tag, which stands for all of it. */
        private byte[] bound(byte[] last, long offset) {
            byte[] file = Vault.bound(MARK, files.bound(name));
            int tag = Math.min(Sealing.TAG, last.length);
            return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + tag + file.length)
                    .putLong(offset)
                    .putInt(tag)
                    .put(last, last.length - tag, tag)
                    .put(file)
                    .array();
        }
    }
}
