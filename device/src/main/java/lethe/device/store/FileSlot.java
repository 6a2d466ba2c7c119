package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import lethe.core.identity.Opaque;

/** A place that is a file, which its owner alone can read. */
final class FileSlot implements Slot {
    private final PhoneFiles files;
    private final String name;

    FileSlot(PhoneFiles files, String name) {
        this.files = files;
        this.name = name;
    }

    @Override
    public synchronized Optional<Opaque> read() {
        try {
            return files.read(name).map(Opaque::wrap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void write(Opaque content) {
        try {
            files.replace(name, content.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void delete() {
        try {
            files.delete(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the file; nothing of what is in it. */
    @Override
    public String toString() {
        return files.path(name).toString();
    }
}
