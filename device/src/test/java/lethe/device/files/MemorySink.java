package lethe.device.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import lethe.core.identity.Opaque;
import lethe.seal.content.RemoteAttachment;

/** A disk whose record lags behind what is written, as a real one's does. */
final class MemorySink implements FileSink {
    private final RemoteAttachment file;
    private final int every;
    private final BitSet have = new BitSet();
    private Opaque record;
    private int unrecorded;
    final byte[] bytes;
    boolean full;

    MemorySink(RemoteAttachment file, int every) {
        this.file = file;
        this.every = every;
        this.bytes = new byte[(int) file.size()];
        this.record = ChunkSet.encode(have, file.chunks());
    }

    @Override
    public Opaque record() {
        return record;
    }

    @Override
    public boolean write(int number, Opaque chunk) {
        if (full) {
            return false;
        }
        System.arraycopy(chunk.shared(), 0, bytes, number * RemoteAttachment.CHUNK, chunk.length());
        have.set(number);
        unrecorded++;
        if (unrecorded >= every) {
            record = ChunkSet.encode(have, file.chunks());
            unrecorded = 0;
        }
        return true;
    }

    /** The phone dies: what was not recorded is not known. */
    void crash() {
        have.clear();
        have.or(ChunkSet.decode(record, file.chunks()).orElseThrow());
    }

    @Override
    public Finish finish() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Opaque.wrap(digest).equals(file.digest()) ? Finish.KEPT : Finish.DIFFERS;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void discard() {
        have.clear();
    }

    @Override
    public void close() {
        record = ChunkSet.encode(have, file.chunks());
    }
}
