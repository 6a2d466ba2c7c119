package lethe.device.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.files.ChunkSet;
import lethe.device.files.FileSink;
import lethe.device.store.PrivateFiles;
import lethe.seal.content.RemoteAttachment;

/**
 * A file that is received into a directory of its owner's. {@code NAME} is empty until the file is whole, and keeps the
 * place: nothing is ever overwritten. {@code NAME.part} has what came, {@code NAME.part.chunks} which chunks these are.
 *
 * <p>That record follows what is durable, by up to 32 chunks, which come again after a crash. It has neither key nor
 * sender.
 */
public final class DiskSink implements FileSink {
    private static final int EVERY = 32;
    private static final int MOST_NAMES = 100;

    private final Path target;
    private final RemoteAttachment file;
    private final FileChannel channel;
    private final BitSet have;
    private int unrecorded;

    private DiskSink(Path target, RemoteAttachment file, FileChannel channel, BitSet have) {
        this.target = target;
        this.file = file;
        this.channel = channel;
        this.have = have;
    }

    /** What comes of opening. */
    public sealed interface Opening {
        record Opened(DiskSink sink) implements Opening {}

        record NotOpened(Reason reason) implements Opening {}
    }

    /** Why nothing can be received here. */
    public enum Reason {
        /** A hundred files have this name, with a number. */
        NO_NAME,
        /** This file is not begun here, or its owner has written something in its place. */
        NOT_BEGUN,
        /** The phone died when it had just kept the file: it is whole. */
        KEPT_ALREADY,
        /** The directory is not there, or not writable. */
        UNWRITABLE
    }

    /**
     * Begins a file, under a name that is free in a directory and resembles what its sender calls it.
     *
     * @param directory that the owner has chosen
     */
    public static Opening begin(Path directory, RemoteAttachment file) {
        try {
            for (int number = 1; number <= MOST_NAMES; number++) {
                Path target = directory.resolve(PlainName.of(file.label().name(), number));
                if (reserve(target)) {
                    return begun(new DiskSink(target, file, openPart(target), new BitSet()));
                }
            }
            return new Opening.NotOpened(Reason.NO_NAME);
        } catch (IOException unwritable) {
            return new Opening.NotOpened(Reason.UNWRITABLE);
        }
    }

    private static Opening begun(DiskSink sink) throws IOException {
        try {
            sink.writeRecord();
            return new Opening.Opened(sink);
        } catch (IOException unwritable) {
            sink.discard();
            throw unwritable;
        }
    }

    /**
     * Goes on with a file that was begun.
     *
     * @param target what {@link #target} was then
     */
    public static Opening resume(Path target, RemoteAttachment file) {
        try {
            Optional<BitSet> have = readRecord(target, file);
            if (have.isPresent() && wasKept(target, file)) {
                PrivateFiles.delete(recordOf(target));
                return new Opening.NotOpened(Reason.KEPT_ALREADY);
            }
            return have.isPresent() && isReserved(target) && isFile(part(target))
                    ? new Opening.Opened(new DiskSink(target, file, openPart(target), have.get()))
                    : new Opening.NotOpened(Reason.NOT_BEGUN);
        } catch (IOException unwritable) {
            return new Opening.NotOpened(Reason.UNWRITABLE);
        }
    }

    /** Takes the name, and that of the part. */
    private static boolean reserve(Path target) throws IOException {
        try {
            PrivateFiles.createNew(target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        try {
            PrivateFiles.createNew(part(target));
            return true;
        } catch (FileAlreadyExistsException taken) {
            Files.delete(target);
            return false;
        }
    }

    private static FileChannel openPart(Path target) throws IOException {
        return FileChannel.open(
                part(target), StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where the file will be. */
    public Path target() {
        return target;
    }

    @Override
    public Opaque record() {
        return ChunkSet.encode(have, file.chunks());
    }

    @Override
    public boolean write(int number, Opaque bytes) {
        try {
            Channels.write(channel, ByteBuffer.wrap(bytes.shared()), (long) number * RemoteAttachment.CHUNK);
            have.set(number);
            unrecorded++;
            if (unrecorded == EVERY) {
                writeRecord();
            }
            return true;
        } catch (IOException unwritable) {
            return false;
        }
    }

    @Override
    public Finish finish() {
        try {
            writeRecord();
            if (channel.size() != file.size() || !digest().equals(file.digest())) {
                return Finish.DIFFERS;
            }
            if (!isReserved(target)) {
                return Finish.FAILED;
            }
            channel.close();
            PrivateFiles.moveInto(target, part(target));
            PrivateFiles.delete(recordOf(target));
            return Finish.KEPT;
        } catch (IOException failed) {
            return Finish.FAILED;
        }
    }

    private Opaque digest() throws IOException {
        MessageDigest digest = sha256();
        for (int number = 0; number < file.chunks(); number++) {
            ByteBuffer chunk = ByteBuffer.allocate(file.lengthOf(number));
            if (!Channels.read(channel, chunk, (long) number * RemoteAttachment.CHUNK)) {
                return Opaque.empty();
            }
            digest.update(chunk.array());
        }
        return Opaque.wrap(digest.digest());
    }

    @Override
    public void discard() {
        try {
            channel.close();
            PrivateFiles.delete(part(target));
            PrivateFiles.delete(beside(target, ".part.chunks.new"));
            if (isReserved(target)) {
                PrivateFiles.delete(target);
            }
            if (isFile(recordOf(target))) {
                PrivateFiles.delete(recordOf(target));
            }
        } catch (IOException left) {
            // What is left lies where its owner sees it.
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                writeRecord();
                channel.close();
            }
        } catch (IOException lastOnesComeAgain) {
            // The record is the one before.
        }
    }

    /** What the record names is durable before the record is. */
    private void writeRecord() throws IOException {
        channel.force(false);
        ByteBuffer record = ByteBuffer.allocate(RecordHead.LENGTH + ChunkSet.length(file.chunks()));
        RecordHead.of(file).writeTo(record);
        record.put(record().shared());
        PrivateFiles.replace(recordOf(target), record.array());
        unrecorded = 0;
    }

    private static Optional<BitSet> readRecord(Path target, RemoteAttachment file) throws IOException {
        Path record = recordOf(target);
        if (!isFile(record)) {
            return Optional.empty();
        }
        return RecordHead.read(Files.readAllBytes(record), file)
                .flatMap(chunks -> ChunkSet.decode(chunks, file.chunks()));
    }

    /** Whether the name is this file's still. */
    private static boolean isReserved(Path target) throws IOException {
        return isFile(target) && Files.size(target) == 0;
    }

    private static boolean wasKept(Path target, RemoteAttachment file) throws IOException {
        return isFile(target) && !isFile(part(target)) && Files.size(target) == file.size();
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path part(Path target) {
        return beside(target, ".part");
    }

    private static Path recordOf(Path target) {
        return beside(target, ".part.chunks");
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "DiskSink[***]";
    }
}
