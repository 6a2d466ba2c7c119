package lethe.loadtest.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * How many files and sockets one process may have open: a bound that is better met before than in the middle of a run.
 */
public final class Descriptors {
    /** For class files, logs and event loops. */
    private static final int OTHERS = 200;

    private Descriptors() {}

    /**
     * Does nothing if there is room.
     *
     * @throws IOException that names the limit
     */
    public static void require(int connections) throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && connections + OTHERS > system.getMaxFileDescriptorCount()) {
            throw new IOException(connections + " connections need " + (connections + OTHERS)
                    + " open files, but a process may have " + system.getMaxFileDescriptorCount()
                    + " here: raise the limit (ulimit -n), or take fewer pairs");
        }
    }
}
