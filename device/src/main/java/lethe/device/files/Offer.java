package lethe.device.files;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.seal.chunk.ChunkCipher;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;

/**
 * A file as it was when it was offered to one account, under a key of its own. It does not print.
 *
 * <p>It keeps the digest of every chunk (32 bytes each), and seals a chunk only if it has that still: a file that was
 * changed meanwhile would else be sealed twice under one key and nonce, which gives both away.
 */
public final class Offer {
    private static final int DIGEST = 32;

    private final RemoteAttachment file;
    private final FileSource source;
    private final byte[] digests;
    private final ChunkCipher cipher;

    private Offer(RemoteAttachment file, FileSource source, byte[] digests) {
        this.file = file;
        this.source = source;
        this.digests = digests;
        this.cipher = new ChunkCipher(file);
    }

    /** What comes of preparing. */
    public sealed interface Preparation {
        record Prepared(Offer offer) implements Preparation {}

        record Unprepared(Reason reason) implements Preparation {}
    }

    /** Why a file cannot be offered. */
    public enum Reason {
        EMPTY,
        /** More than {@link RemoteAttachment#MOST_SIZE}. */
        TOO_LARGE,
        UNREADABLE
    }

    /**
     * Reads a whole file, and draws its transfer and its key. For another account, prepare it anew.
     *
     * @param source stays open
     * @param random a cryptographically strong source
     */
    public static Preparation prepare(FileSource source, Label label, RandomGenerator random) {
        long size = source.size();
        if (!RemoteAttachment.isSize(size)) {
            return new Preparation.Unprepared(size < 1 ? Reason.EMPTY : Reason.TOO_LARGE);
        }
        MessageDigest whole = sha256();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (long offset = 0; offset < size; offset += RemoteAttachment.CHUNK) {
            Optional<Opaque> chunk = source.read(offset, (int) Math.min(RemoteAttachment.CHUNK, size - offset));
            if (chunk.isEmpty()) {
                return new Preparation.Unprepared(Reason.UNREADABLE);
            }
            whole.update(chunk.get().shared());
            digests.writeBytes(sha256().digest(chunk.get().shared()));
        }
        RemoteAttachment file = new RemoteAttachment(
                label,
                draw(random, RemoteAttachment.TRANSFER),
                size,
                draw(random, RemoteAttachment.KEY),
                Opaque.wrap(whole.digest()));
        return new Preparation.Prepared(new Offer(file, source, digests.toByteArray()));
    }

    /** What the letter says of it. */
    public RemoteAttachment file() {
        return file;
    }

    /** A chunk of the file, sealed; empty if the file is not what it was. */
    Optional<Opaque> seal(int number) {
        return source.read((long) number * RemoteAttachment.CHUNK, file.lengthOf(number))
                .filter(bytes -> isWhatItWas(number, bytes))
                .map(bytes -> cipher.seal(number, bytes));
    }

    private boolean isWhatItWas(int number, Opaque bytes) {
        byte[] digest = sha256().digest(bytes.shared());
        int from = number * DIGEST;
        return bytes.length() == file.lengthOf(number)
                && Arrays.equals(digest, 0, DIGEST, digests, from, from + DIGEST);
    }

    void close() {
        source.close();
    }

    private static Opaque draw(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
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
        return "Offer[***]";
    }
}
