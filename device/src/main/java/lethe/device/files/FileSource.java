package lethe.device.files;

import java.util.Optional;
import lethe.core.identity.Opaque;

/** A file that is sent, where its owner has it. Read by one thread at a time. */
public interface FileSource extends AutoCloseable {
    /** Bytes, when it was opened. */
    long size();

    /** So many bytes from an offset on; empty if they cannot be read, or are no longer there. */
    Optional<Opaque> read(long offset, int length);

    @Override
    void close();
}
