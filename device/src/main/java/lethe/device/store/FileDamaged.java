package lethe.device.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of a phone that is encrypted was altered, cut, exchanged for another, or has lost its key. Nothing is guessed.
 */
public final class FileDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    FileDamaged(Path file, String what) {
        super("the file " + file + " " + what);
    }

    /** What stands there was not sealed as this file of this phone. */
    static FileDamaged altered(Path file) {
        return new FileDamaged(
                file,
                "is not what this phone has sealed: it is damaged, exchanged, or its key is gone; restore it from a"
                        + " backup, or move it away and lose what it holds");
    }
}
