package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The lock of a line's directory, held while a process has it open. */
final class PhoneLock implements AutoCloseable {
    static final String FILE = "lock";

    private final FileChannel channel;

    private PhoneLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory if there is none; empty if a process has the lock. */
    static Optional<PhoneLock> take(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        Path file = directory.resolve(FILE);
        PrivateFiles.createIfAbsent(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (taken(channel)) {
            return Optional.of(new PhoneLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
