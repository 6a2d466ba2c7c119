package lethe.device.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The changes that are made to a phone's files, each durable on return. Tests die in and between them. */
class Disk {
    /** A file that is there before it takes another one's place. */
    static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Replaces the file's content, at once or not at all. */
    final void replace(Path file, byte[] content) throws IOException {
        write(fresh(file), content);
        move(fresh(file), file);
    }

    /** As {@link #replace}, and then overwrites the content that was there, where the medium overwrites in place. */
    final void replaceAndErase(Path file, byte[] content) throws IOException {
        write(fresh(file), content);
        if (!Files.exists(file)) {
            move(fresh(file), file);
            return;
        }
        try (FileChannel before = FileChannel.open(file, StandardOpenOption.WRITE)) {
            move(fresh(file), file);
            zero(before);
        }
    }

    /** Removes the file, and overwrites what it held: in this order, as what is overwritten would be damaged. */
    final void erase(Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
            delete(file);
            zero(content);
        }
    }

    /** Writes a file that does not count yet. */
    void write(Path file, byte[] content) throws IOException {
        PrivateFiles.write(file, content);
    }

    void move(Path from, Path to) throws IOException {
        PrivateFiles.moveInto(to, from);
    }

    void delete(Path file) throws IOException {
        PrivateFiles.delete(file);
    }

    /** Overwrites a part of a file in place; makes the file if there is none. */
    void put(Path file, long position, byte[] content) throws IOException {
        PrivateFiles.createIfAbsent(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            put(channel, position, content);
        }
    }

    /** Overwrites all that a file holds, in place. */
    void zero(FileChannel channel) throws IOException {
        put(channel, 0, new byte[Math.toIntExact(channel.size())]);
    }

    private static void put(FileChannel channel, long position, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
        channel.force(true);
    }
}
