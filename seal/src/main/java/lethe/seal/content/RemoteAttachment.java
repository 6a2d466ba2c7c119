package lethe.seal.content;

import lethe.core.identity.Opaque;
import lethe.seal.form.FieldWriter;

/**
 * Where to get a larger file, and how to read it: it comes in sealed chunks while both phones are connected.
 *
 * @param transfer names the file among those that are under way; 16 bytes, drawn by the sender at random
 * @param size bytes of the whole, 1 to {@link #MOST_SIZE}
 * @param key of AES-256-GCM; a chunk's nonce is its number; 32 bytes, drawn for this file alone
 * @param digest SHA-256 of the whole, 32 bytes
 */
public record RemoteAttachment(Label label, Opaque transfer, long size, Opaque key, Opaque digest) implements Content {
    /** 100 MiB. */
    public static final long MOST_SIZE = 100L << 20;
    /** Bytes of a chunk before it is sealed; the last one has what is left. */
    public static final int CHUNK = 32 * 1024;

    /** Chunks of the largest file. */
    public static final int MOST_CHUNKS = (int) (MOST_SIZE / CHUNK);
    /** Bytes of a transfer's name. */
    public static final int TRANSFER = 16;
    /** Bytes of a key, and of a digest. */
    public static final int KEY = 32;

    static final int TYPE = 8;

    /**
     * A reference in bounds.
     *
     * @throws IllegalArgumentException if it is not
     */
    public RemoteAttachment {
        if (transfer.length() != TRANSFER || key.length() != KEY || digest.length() != KEY || !isSize(size)) {
            throw new IllegalArgumentException("a length out of bounds");
        }
    }

    /** Whether a file of so many bytes can be sent so. */
    public static boolean isSize(long size) {
        return size >= 1 && size <= MOST_SIZE;
    }

    /** How many chunks it comes in. */
    public int chunks() {
        return (int) ((size + CHUNK - 1) / CHUNK);
    }

    /** Whether it has a chunk of this number: 0 up to one less than {@link #chunks}. */
    public boolean hasChunk(int number) {
        return number >= 0 && number < chunks();
    }

    /** The bytes of the file that a chunk has: {@link #CHUNK}, the last one less. */
    public int lengthOf(int number) {
        return (int) Math.min(CHUNK, size - (long) number * CHUNK);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void writeTo(FieldWriter out) {
        label.writeTo(out);
        out.raw(transfer).u64(size).raw(key).raw(digest);
    }

    @Override
    public String toString() {
        return "RemoteAttachment[***]";
    }
}
