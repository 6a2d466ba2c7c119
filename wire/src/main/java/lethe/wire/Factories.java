package lethe.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

/**
 * Jackson's factories of parsers and generators: shared by all threads, bounded where Jackson bounds. They keep no
 * buffers for the next message: the last one would stay in them.
 */
final class Factories {
    /** Deeper than any frame, far from any stack's end. */
    private static final int DEPTH = 8;

    private static final int NAME_LENGTH = 64;
    private static final int NUMBER_LENGTH = 32;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH)
            .maxNameLength(NAME_LENGTH)
            .maxNumberLength(NUMBER_LENGTH)
            .build();

    private static final JsonFactory CBOR = CBORFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(CONSTRAINTS)
            .build();
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(CONSTRAINTS)
            .build();

    private Factories() {}

    static JsonFactory of(Encoding encoding) {
        return encoding == Encoding.CBOR ? CBOR : JSON;
    }
}
