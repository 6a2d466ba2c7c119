package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import lethe.core.identity.Opaque;

/** A place that is a file, which its owner alone can read. */
final class FileSlot implements Slot {
    private final Path file;

    FileSlot(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<Opaque> read() {
        try {
            return Optional.of(Opaque.wrap(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void write(Opaque content) {
        try {
            PrivateFiles.replace(file, content.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void delete() {
        try {
            PrivateFiles.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
