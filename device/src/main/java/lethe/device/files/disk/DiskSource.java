package lethe.device.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.files.FileSource;

/** A file of the owner's, which is only read. */
public final class DiskSource implements FileSource {
    private final FileChannel channel;
    private final long size;

    private DiskSource(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** Opens a file that its owner has chosen; empty if it cannot be read, or is no file. */
    public static Optional<FileSource> open(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return Optional.of(new DiskSource(channel, channel.size()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Optional<Opaque> read(long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            return Channels.read(channel, bytes, offset) ? Optional.of(Opaque.wrap(bytes.array())) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingWasWritten) {
            // Nothing of it is needed any more.
        }
    }
}
