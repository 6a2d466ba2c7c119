package lethe.wire;

import java.io.IOException;

/** How one kind of value is written and read, in both encodings. */
interface Format<V> {
    void write(V value, Sink sink) throws IOException;

    /** Reads the value at which the source stands. */
    V read(Source source) throws IOException;
}
