package lethe.device.store;

import java.io.IOException;
import java.nio.file.Path;

/** A phone is encrypted, and was to be read without a key. */
public final class StoreEncrypted extends IOException {
    private static final long serialVersionUID = 1L;

    StoreEncrypted(Path file) {
        super("the file " + file + " is encrypted: it opens with the phone's passphrase or key, and its file vault");
    }
}
