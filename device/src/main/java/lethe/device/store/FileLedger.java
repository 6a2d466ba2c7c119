package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;

/**
 * A ledger in one file: a mark, then frames. A torn tail, as a crash leaves it, is cut off when it is opened; a damaged
 * frame in the middle is an error that names the file.
 */
public final class FileLedger implements Ledger {
    private static final byte[] MARK = "LETHE-1\n".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Durability durability;
    private final List<Opaque> recovered = new ArrayList<>();
    private FileChannel channel;
    private long end;
    private int size;

    private FileLedger(Path file, Durability durability) throws IOException {
        this.file = file;
        this.durability = durability;
        Files.deleteIfExists(fresh());
        this.channel = open(file);
        recover();
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws LedgerDamaged if a frame in the middle is damaged
     * @throws UncheckedIOException if the file cannot be read
     */
    public static FileLedger open(Path file, Durability durability) {
        try {
            return new FileLedger(file, durability);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        PrivateFiles.createIfAbsent(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void recover() throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        if (content.remaining() < MARK.length) {
            begin();
            return;
        }
        if (!content.slice(0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
            throw damaged(0);
        }
        content.position(MARK.length);
        while (content.hasRemaining()) {
            Frame.Read read = Frame.decode(content);
            if (read instanceof Frame.Read.Damaged) {
                throw damaged(content.position());
            }
            if (!(read instanceof Frame.Read.Whole whole)) {
                break;
            }
            recovered.addAll(whole.records());
        }
        size = recovered.size();
        cutAt(content.position());
    }

    private LedgerDamaged damaged(long offset) throws IOException {
        channel.close();
        return new LedgerDamaged(file, offset);
    }

    private void begin() throws IOException {
        channel.truncate(0);
        write(channel, ByteBuffer.wrap(MARK), 0);
        end = MARK.length;
    }

    private void cutAt(long position) throws IOException {
        end = position;
        if (channel.size() > end) {
            channel.truncate(end);
            force(channel);
        }
    }

    @Override
    public List<Opaque> recovered() {
        return List.copyOf(recovered);
    }

    @Override
    public void append(List<Opaque> batch) {
        append(batch, true);
    }

    @Override
    public void appendLazily(List<Opaque> batch) {
        append(batch, false);
    }

    private void append(List<Opaque> batch, boolean durably) {
        if (batch.isEmpty()) {
            return;
        }
        ByteBuffer frame = Frame.encode(batch);
        int length = frame.remaining();
        try {
            write(channel, frame, end);
            if (durably) {
                force(channel);
            }
        } catch (IOException e) {
            throw abandoned(e);
        }
        end += length;
        size += batch.size();
    }

    /** A half-written batch must not stand in the way of the next one. */
    private UncheckedIOException abandoned(IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new UncheckedIOException(cause);
    }

    @Override
    public void replace(List<Opaque> records) {
        try {
            Path fresh = fresh();
            Files.deleteIfExists(fresh);
            FileChannel next = open(fresh);
            write(next, ByteBuffer.wrap(MARK), 0);
            ByteBuffer frame = records.isEmpty() ? ByteBuffer.allocate(0) : Frame.encode(records);
            long length = MARK.length + (long) frame.remaining();
            write(next, frame, MARK.length);
            force(next);
            PrivateFiles.moveInto(file, fresh);
            channel.close();
            channel = next;
            end = length;
            size = records.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private void force(FileChannel written) throws IOException {
        if (durability == Durability.POWER) {
            written.force(false);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public int size() {
        return size;
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
