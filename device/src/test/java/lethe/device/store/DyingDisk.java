package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A disk under a phone that dies: half of a write may have come there. Forces nothing, as its machine lives on. */
final class DyingDisk extends Disk {
    /** Not what anybody catches. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private int left;

    /** How many changes are made before that. */
    DyingDisk(int left) {
        this.left = left;
    }

    static Disk immortal() {
        return new DyingDisk(Integer.MAX_VALUE);
    }

    private boolean dies() {
        left--;
        return left < 0;
    }

    @Override
    void write(Path file, byte[] content) throws IOException {
        boolean dies = dies();
        Files.deleteIfExists(file);
        PrivateFiles.createIfAbsent(file);
        Files.write(file, dies ? Arrays.copyOf(content, content.length / 2) : content);
        dieIf(dies);
    }

    @Override
    void move(Path from, Path to) throws IOException {
        dieIf(dies());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    void delete(Path file) throws IOException {
        dieIf(dies());
        Files.deleteIfExists(file);
    }

    @Override
    void put(Path file, long position, byte[] content) throws IOException {
        boolean dies = dies();
        PrivateFiles.createIfAbsent(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content, 0, dies ? content.length / 2 : content.length), position);
        }
        dieIf(dies);
    }

    @Override
    void zero(FileChannel channel) throws IOException {
        dieIf(dies());
        channel.write(ByteBuffer.allocate(Math.toIntExact(channel.size())), 0);
    }

    private static void dieIf(boolean dies) {
        if (dies) {
            throw new Died();
        }
    }
}
