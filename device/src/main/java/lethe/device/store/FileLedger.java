package lethe.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * A ledger in one file: a mark, then frames. A torn tail, as a crash leaves it, is cut off when it is opened; a damaged
 * frame in the middle is an error that names the file.
 */
public final class FileLedger implements Ledger {
    private static final byte[] NONE = {};

    private final Path file;
    private final Durability durability;
    private final Framing framing;
    private final List<Opaque> recovered = new ArrayList<>();
    private FileChannel channel;
    private Framing.Incarnation current;
    private byte[] last = NONE;
    private long end;
    private int size;

    private FileLedger(Path file, Durability durability, Framing framing) throws IOException {
        this.file = file;
        this.durability = durability;
        this.framing = framing;
        Files.deleteIfExists(Disk.fresh(file));
        this.channel = open(file);
        this.current = recover();
    }

    /**
     * Opens the file, or makes it; in clear.
     *
     * @throws LedgerDamaged if a frame in the middle is damaged
     * @throws UncheckedIOException if the file cannot be read
     */
    public static FileLedger open(Path file, Durability durability) {
        return open(file, durability, Framing.Clear.CLEAR);
    }

    /** That of a phone's with a name; sealed if the phone is encrypted. */
    static FileLedger open(PhoneFiles files, String name, Durability durability) {
        return open(files.path(name), durability, framing(files, name));
    }

    private static FileLedger open(Path file, Durability durability, Framing framing) {
        try {
            return new FileLedger(file, durability, framing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Framing framing(PhoneFiles files, String name) {
        Vault vault = files.vault();
        return vault == null ? Framing.Clear.CLEAR : new SealedFraming(files, vault, name);
    }

    /** Puts a ledger in the place of a file that is none, or not one of this kind; what was there is overwritten. */
    static void make(PhoneFiles files, String name, List<Opaque> records) throws IOException {
        Framing framing = framing(files, name);
        Framing.Incarnation made = framing.begin(NONE);
        ByteBuffer frame = frame(first(records, made));
        byte[] content = ByteBuffer.allocate(framing.headerLength() + frame.remaining())
                .put(made.header())
                .put(frame)
                .array();
        files.disk().replaceAndErase(files.path(name), content);
        framing.settle(made);
    }

    private static FileChannel open(Path file) throws IOException {
        PrivateFiles.createIfAbsent(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private Framing.Incarnation recover() throws IOException {
        byte[] stored = Files.readAllBytes(file);
        int header = framing.headerLength();
        if (stored.length < header) {
            return begin();
        }
        Optional<Framing.Incarnation> found = framing.read(Arrays.copyOf(stored, header));
        if (found.isEmpty()) {
            throw damaged(0);
        }
        ByteBuffer content = ByteBuffer.wrap(stored).position(header);
        while (content.hasRemaining()) {
            int offset = content.position();
            Frame.Read read = Frame.decode(content);
            if (read instanceof Frame.Read.Damaged) {
                throw damaged(offset);
            }
            if (!(read instanceof Frame.Read.Whole whole)) {
                break;
            }
            recovered.addAll(records(found.get(), whole.bytes(), offset));
        }
        size = recovered.size();
        cutAt(content.position());
        framing.settle(found.get());
        return found.get();
    }

    private List<Opaque> records(Framing.Incarnation incarnation, byte[] stored, long offset) throws IOException {
        Optional<byte[]> batch = incarnation.open(stored, last, offset);
        if (batch.isEmpty()) {
            throw damaged(offset);
        }
        last = tail(stored);
        return Frame.records(batch.get());
    }

    private LedgerDamaged damaged(long offset) throws IOException {
        channel.close();
        return new LedgerDamaged(file, offset);
    }

    private Framing.Incarnation begin() throws IOException {
        Framing.Incarnation begun = framing.begin(NONE);
        channel.truncate(0);
        write(channel, ByteBuffer.wrap(begun.header()), 0);
        force(channel);
        end = framing.headerLength();
        framing.settle(begun);
        return begun;
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
        byte[] stored = current.seal(Frame.payload(batch), last, end);
        ByteBuffer frame = Frame.around(stored);
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
        last = tail(stored);
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
            Path fresh = Disk.fresh(file);
            Files.deleteIfExists(fresh);
            FileChannel next = open(fresh);
            Framing.Incarnation begun = framing.begin(current.header());
            byte[] first = first(records, begun);
            ByteBuffer frame = frame(first);
            long length = framing.headerLength() + (long) frame.remaining();
            write(next, ByteBuffer.wrap(begun.header()), 0);
            write(next, frame, framing.headerLength());
            force(next);
            PrivateFiles.moveInto(file, fresh);
            channel.close();
            channel = next;
            current = begun;
            last = tail(first);
            end = length;
            size = records.size();
            framing.settle(begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the next frame is bound to. */
    private static byte[] tail(byte[] stored) {
        return Arrays.copyOfRange(stored, Math.max(0, stored.length - Sealing.TAG), stored.length);
    }

    /** All records, as they stand in the first frame of a file; none is no frame. */
    private static byte[] first(List<Opaque> records, Framing.Incarnation incarnation) {
        return records.isEmpty() ? NONE : incarnation.seal(Frame.payload(records), NONE, incarnation.header().length);
    }

    private static ByteBuffer frame(byte[] first) {
        return first.length == 0 ? ByteBuffer.allocate(0) : Frame.around(first);
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
