package lethe.device.files;

import lethe.core.identity.Opaque;

/** Where a file goes that is received, and the record of what is there. Used by one thread at a time. */
public interface FileSink extends AutoCloseable {
    /**
     * Which chunks are there, as {@link ChunkSet#encode} writes it; it may lack the last ones that were written before
     * a crash, and has none that is not there.
     */
    Opaque record();

    /**
     * Writes the bytes of a chunk to their place.
     *
     * @param number of a chunk of the file; one that is there may come again
     * @return whether it could be written
     */
    boolean write(int number, Opaque bytes);

    /** All chunks are there: keeps the file if it is what its sender signed. */
    Finish finish();

    /** Deletes what is there of a file that was not kept. */
    void discard();

    /** Leaves what is there for another time. */
    @Override
    void close();

    /** What comes of finishing. */
    enum Finish {
        /** It is where its owner wants it. */
        KEPT,
        /** It has another digest. */
        DIFFERS,
        /** It could not be read, or not be moved to its place. */
        FAILED
    }
}
