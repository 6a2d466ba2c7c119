package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A place that is a sealed file, by a key of its own that is destroyed with the content: a mark, the key's id, and the
 * content.
 */
final class ForgettingSlot implements Slot {
    private static final byte[] MARK = "LETHE/R1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MARK.length + DataKeys.ID;

    private final PhoneFiles files;
    private final String name;
    private final DataKeys keys;

    ForgettingSlot(PhoneFiles files, Vault vault, String name) {
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
    public synchronized Optional<Opaque> read() {
        try {
            Optional<byte[]> stored = stored();
            return stored.isEmpty() ? Optional.empty() : Optional.of(open(stored.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> stored() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(files.path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Opaque open(byte[] stored) throws IOException {
        Optional<Opaque> id = keyOf(stored);
        Optional<DataKeys.DataKey> key =
                id.isEmpty() ? Optional.empty() : keys.find(id.get().shared());
        byte[] sealed = Arrays.copyOfRange(stored, Math.min(HEADER, stored.length), stored.length);
        return key.flatMap(found -> found.open(bound(), sealed))
                .map(Opaque::wrap)
                .orElseThrow(() -> FileDamaged.altered(files.path(name)));
    }

    private byte[] bound() {
        return Vault.bound(MARK, files.bound(name));
    }

    @Override
    public synchronized void write(Opaque content) {
        try {
            byte[] used = stored().flatMap(ForgettingSlot::keyOf)
                    .orElse(Opaque.empty())
                    .shared();
            DataKeys.DataKey key = keys.draw(used);
            byte[] sealed = key.seal(bound(), content.shared(), files);
            files.disk()
                    .replaceAndErase(
                            files.path(name),
                            ByteBuffer.allocate(HEADER + sealed.length)
                                    .put(MARK)
                                    .put(key.id())
                                    .put(sealed)
                                    .array());
            keys.keepOnly(key.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void delete() {
        try {
            files.delete(name);
            keys.destroy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
