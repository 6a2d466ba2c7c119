package lethe.device.files;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;

/** A file in memory, which can be changed behind the back of whoever sends it. */
public final class MemoryFile implements FileSource {
    private static final Label LABEL = new Label("bank.jpg", "image/jpeg");

    final byte[] bytes;
    boolean unreadable;
    boolean closed;

    MemoryFile(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemoryFile ofSize(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new MemoryFile(bytes);
    }

    static MemoryFile ofChunks(RandomGenerator random, int chunks) {
        return ofSize(random, chunks * RemoteAttachment.CHUNK);
    }

    Offer offer(RandomGenerator random) {
        if (Offer.prepare(this, LABEL, random) instanceof Offer.Preparation.Prepared prepared) {
            return prepared.offer();
        }
        throw new AssertionError("cannot be offered");
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Optional<Opaque> read(long offset, int length) {
        boolean inside = offset >= 0 && length >= 0 && offset + length <= bytes.length;
        return inside && !unreadable
                ? Optional.of(Opaque.wrap(Arrays.copyOfRange(bytes, (int) offset, (int) offset + length)))
                : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
