package lethe.seal.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.crypto.AesGcm;
import lethe.seal.form.FieldWriter;

/**
 * Seals and opens the chunks of one file. Takes whatever bytes a broker hands it, and does not throw at them. Safe for
 * use by many threads; it does not print.
 *
 * <p>Whoever has the key can make chunks: the sender and all devices that got the letter. What convinces of the whole
 * is the digest in the letter, which its sender has signed.
 */
public final class ChunkCipher {
    /** Bytes of a sealed chunk, of the last one too: so the length of a file is told to 32 KiB only. */
    public static final int LENGTH = ChunkHeader.LENGTH + RemoteAttachment.CHUNK + AesGcm.TAG;

    private final RemoteAttachment file;

    public ChunkCipher(RemoteAttachment file) {
        this.file = file;
    }

    /**
     * Seals a chunk. The same one always becomes the same bytes. Another content under the same number would give both
     * away: the caller makes sure that the file is what it was.
     *
     * @param bytes of the file, as many as {@link RemoteAttachment#lengthOf} says
     * @throws IllegalArgumentException if the file has no such chunk, or it has another length
     */
    public Opaque seal(int number, Opaque bytes) {
        if (!file.hasChunk(number) || bytes.length() != file.lengthOf(number)) {
            throw new IllegalArgumentException("no chunk of this file");
        }
        byte[] padded = Arrays.copyOf(bytes.shared(), RemoteAttachment.CHUNK);
        return Opaque.wrap(header(number)
                .raw(AesGcm.seal(file.key(), nonce(number), bound(number), padded))
                .toBytes());
    }

    /** Opens a chunk, or says why not. */
    public ChunkOpening open(Opaque body) {
        Optional<ChunkHeader> header = ChunkHeader.read(body);
        if (header.isEmpty()) {
            boolean later = ChunkHeader.isChunk(body) && (body.shared()[0] & 0xff) != ChunkHeader.VERSION;
            return unopenable(later ? ChunkOpening.Reason.OTHER_VERSION : ChunkOpening.Reason.MALFORMED);
        }
        if (!header.get().transfer().equals(file.transfer())) {
            return unopenable(ChunkOpening.Reason.OTHER_TRANSFER);
        }
        int number = header.get().number();
        if (!file.hasChunk(number)) {
            return unopenable(ChunkOpening.Reason.NO_SUCH_CHUNK);
        }
        byte[] sealed = Arrays.copyOfRange(body.shared(), ChunkHeader.LENGTH, body.length());
        return AesGcm.open(file.key(), nonce(number), bound(number), sealed)
                .map(padded -> read(number, padded.shared()))
                .orElseGet(() -> unopenable(ChunkOpening.Reason.FORGED));
    }

    private ChunkOpening read(int number, byte[] padded) {
        for (int i = file.lengthOf(number); i < padded.length; i++) {
            if (padded[i] != 0) {
                return unopenable(ChunkOpening.Reason.UNREADABLE);
            }
        }
        return new ChunkOpening.Opened(number, Opaque.wrap(Arrays.copyOf(padded, file.lengthOf(number))));
    }

    private FieldWriter header(int number) {
        return new FieldWriter().u8(ChunkHeader.VERSION).raw(file.transfer()).u32(number);
    }

    /** What a chunk cannot be taken out of: its file, its place, and whether the file ends with it. */
    private byte[] bound(int number) {
        return header(number).u8(number == file.chunks() - 1 ? 1 : 0).toBytes();
    }

    private static byte[] nonce(int number) {
        return ByteBuffer.allocate(AesGcm.NONCE)
                .putInt(AesGcm.NONCE - Integer.BYTES, number)
                .array();
    }

    private static ChunkOpening unopenable(ChunkOpening.Reason reason) {
        return new ChunkOpening.Unopenable(reason);
    }

    @Override
    public String toString() {
        return "ChunkCipher[***]";
    }
}
