package lethe.seal.chunk;

import lethe.core.identity.Opaque;

/** What comes of opening a chunk. */
public sealed interface ChunkOpening {
    /**
     * It is this chunk of the file, whole. It may have come before: whoever keeps the file knows.
     *
     * @param bytes without padding
     */
    record Opened(int number, Opaque bytes) implements ChunkOpening {}

    /** It is dropped. */
    record Unopenable(Reason reason) implements ChunkOpening {}

    /** Why. */
    enum Reason {
        /** No chunk has this length or this beginning. */
        MALFORMED,
        /** A later version of the form. */
        OTHER_VERSION,
        /** It is of another file. */
        OTHER_TRANSFER,
        /** The file has no chunk of this number. */
        NO_SUCH_CHUNK,
        /** It was changed on the way, or sealed with another key, or as another chunk. */
        FORGED,
        /** Whoever has the key sealed something that is not padded as it should be. */
        UNREADABLE
    }
}
