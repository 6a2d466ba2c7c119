package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * The keys of one file that forgets: {@code NAME.key}, with two places of 4,096 bytes. Each time the file is rewritten
 * its content is sealed by a key that is drawn then. The new key goes to the place that is free; then the file is
 * replaced; then the place of the old key is overwritten. So what the medium still has of the old file opens no more,
 * also for whoever has the passphrase, if the medium overwrites in place.
 *
 * <p>The file itself says which key it is sealed by. A crash leaves one key too many, which goes at the next start.
 */
final class DataKeys {
    static final String SUFFIX = ".key";
    /** Of no sector, and no page of memory, both have a part. */
    static final int PLACE = 4096;

    static final int ID = 16;

    private static final int PLACES = 2;
    private static final byte[] MARK = "LETHE-K1".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD = ID + Sealing.OVERHEAD + Sealing.KEY;

    private final PhoneFiles files;
    private final Vault vault;
    private final String name;

    DataKeys(PhoneFiles files, Vault vault, String name) {
        this.files = files;
        this.vault = vault;
        this.name = name;
    }

    /** A key, and by which a file names it. Does not print. */
    static final class DataKey {
        private final byte[] id;
        private final byte[] key;

        private DataKey(byte[] id, byte[] key) {
            this.id = id;
            this.key = key;
        }

        byte[] id() {
            return id.clone();
        }

        byte[] seal(byte[] bound, byte[] content, PhoneFiles files) {
            return Sealing.seal(key, bound, content, files.random());
        }

        Optional<byte[]> open(byte[] bound, byte[] sealed) {
            return Sealing.open(key, bound, sealed);
        }
    }

    private Path path() {
        return files.path(name + SUFFIX);
    }

    private byte[] places() throws IOException {
        try {
            return Arrays.copyOf(Files.readAllBytes(path()), PLACES * PLACE);
        } catch (NoSuchFileException e) {
            return new byte[PLACES * PLACE];
        }
    }

    private static byte[] idAt(byte[] places, int place) {
        return Arrays.copyOfRange(places, place * PLACE, place * PLACE + ID);
    }

    /** The key of that id; empty if it is gone or damaged. */
    Optional<DataKey> find(byte[] id) throws IOException {
        byte[] places = places();
        for (int place = 0; place < PLACES; place++) {
            if (Arrays.equals(id, idAt(places, place))) {
                byte[] sealed = Arrays.copyOfRange(places, place * PLACE + ID, place * PLACE + RECORD);
                Optional<byte[]> key = vault.open(mark(id), keyName(), sealed);
                if (key.isPresent()) {
                    return Optional.of(new DataKey(id.clone(), key.get()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Draws a key; it is durable on return.
     *
     * @param used the id of the key that the file is sealed by, which stays; any other if by none
     */
    DataKey draw(byte[] used) throws IOException {
        DataKey drawn = new DataKey(Sealing.draw(files.random(), ID), Sealing.draw(files.random(), Sealing.KEY));
        byte[] sealed = vault.seal(mark(drawn.id), keyName(), drawn.key, files.random());
        byte[] place = ByteBuffer.allocate(PLACE).put(drawn.id).put(sealed).array();
        int free = Arrays.equals(used, idAt(places(), 0)) ? 1 : 0;
        files.disk().put(path(), (long) free * PLACE, place);
        return drawn;
    }

    private String keyName() {
        return files.bound(name + SUFFIX);
    }

    private static byte[] mark(byte[] id) {
        return ByteBuffer.allocate(MARK.length + ID).put(MARK).put(id).array();
    }

    /** The file is sealed by this key: the other one is overwritten. */
    void keepOnly(byte[] id) throws IOException {
        byte[] places = places();
        for (int place = 0; place < PLACES; place++) {
            if (!Arrays.equals(id, idAt(places, place)) && isUsed(places, place)) {
                files.disk().put(path(), (long) place * PLACE, new byte[PLACE]);
            }
        }
    }

    private static boolean isUsed(byte[] places, int place) {
        for (int i = place * PLACE; i < (place + 1) * PLACE; i++) {
            if (places[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The file is no more: its keys are overwritten. */
    void destroy() throws IOException {
        keepOnly(new byte[0]);
    }

    /** Of all files of a line. */
    static void recover(PhoneFiles files) throws IOException {
        Vault vault = files.vault();
        if (vault != null) {
            for (String name : files.names()) {
                if (name.endsWith(SUFFIX)) {
                    new DataKeys(files, vault, name.substring(0, name.length() - SUFFIX.length())).recover();
                }
            }
        }
    }

    /** After a crash: destroys what the file is not sealed by. What is damaged is left as it is. */
    private void recover() throws IOException {
        if (!Files.exists(files.path(name))) {
            destroy();
            return;
        }
        byte[] stored = Files.readAllBytes(files.path(name));
        Optional<Opaque> id = ForgettingSlot.keyOf(stored).or(() -> SealedFraming.keyOf(stored));
        if (id.isPresent() && find(id.get().shared()).isPresent()) {
            keepOnly(id.get().shared());
        }
    }
}
