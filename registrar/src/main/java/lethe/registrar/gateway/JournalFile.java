package lethe.registrar.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lethe.registrar.gateway.JournalKeys.Generation;

/**
 * The events of one generation in records: each with its length in front, sealed with AES-256-GCM under the
 * generation's key, its place in the file as the nonce. A record has one event or many, each with its own length. What
 * was cut off in the middle of a record ends before it.
 */
final class JournalFile implements AutoCloseable {
    private static final int TAG_BITS = 128;
    private static final int NONCE = 12;

    /** Bytes of a record to which no more events are added; an event has far fewer than these. */
    private static final int FULL = 32 * 1024;

    private static final int LONGEST = 2 * FULL;

    private final FileChannel file;
    private final SecretKeySpec key;
    private long records;

    private JournalFile(FileChannel file, SecretKeySpec key, long records) {
        this.file = file;
        this.key = key;
        this.records = records;
    }

    /** A new one in place of what is there. */
    static JournalFile create(Path path, Generation generation) throws IOException {
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
                JournalKeys.PRIVATE);
        return new JournalFile(file, key(generation), 0);
    }

    /** What stands in one; what follows something that does not open is not read. */
    static List<LedgerEvent> read(Path path, Generation generation) throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        SecretKeySpec key = key(generation);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (long record = 0; ; record++) {
                int length = in.readInt();
                if (length < TAG_BITS / Byte.SIZE || length > LONGEST) {
                    return events;
                }
                byte[] sealed = new byte[length];
                in.readFully(sealed);
                Optional<byte[]> opened = cipher(Cipher.DECRYPT_MODE, key, record, sealed);
                if (opened.isEmpty() || !read(opened.get(), events)) {
                    return events;
                }
            }
        } catch (EOFException end) {
            return events;
        }
    }

    private static boolean read(byte[] record, List<LedgerEvent> events) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        while (bytes.remaining() >= Short.BYTES) {
            byte[] event = new byte[Math.min(bytes.getShort() & 0xffff, bytes.remaining())];
            bytes.get(event);
            Optional<LedgerEvent> read = LedgerCode.decode(event);
            if (read.isEmpty()) {
                return false;
            }
            events.add(read.get());
        }
        return true;
    }

    /** Adds events; they are durable after {@link #force}. */
    void append(List<LedgerEvent> events) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        for (LedgerEvent event : events) {
            byte[] code = LedgerCode.encode(event);
            record.write(code.length >> Byte.SIZE);
            record.write(code.length);
            record.writeBytes(code);
            if (record.size() >= FULL) {
                write(record.toByteArray());
                record.reset();
            }
        }
        if (record.size() > 0) {
            write(record.toByteArray());
        }
    }

    private void write(byte[] record) throws IOException {
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, records, record).orElseThrow();
        records++;
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + sealed.length)
                .putInt(sealed.length)
                .put(sealed);
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void force() throws IOException {
        file.force(false);
    }

    private static Optional<byte[]> cipher(int mode, SecretKeySpec key, long record, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE)
                    .putLong(NONCE - Long.BYTES, record)
                    .array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException doesNotOpen) {
            return Optional.empty();
        }
    }

    private static SecretKeySpec key(Generation generation) {
        return new SecretKeySpec(generation.key().shared(), "AES");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
