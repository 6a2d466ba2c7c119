package lethe.launcher.installation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * What is alive on another Java process' heap, after a full collection.
 *
 * @param bytes of all objects
 * @param subscribers how many subscribers' states there are
 */
@NullMarked
record Heap(long bytes, long subscribers) {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    /** The class itself: its lambdas are objects too, one of each, further down. */
    private static final Pattern STATE =
            Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+lethe\\.core\\.subscriber\\.SubscriberState(\\s.*)?");

    /** Asks the process with jcmd, which collects first. */
    static Heap of(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        long bytes = -1;
        long subscribers = 0;
        for (var line : process.inputReader().lines().toList()) {
            var total = TOTAL.matcher(line);
            var state = STATE.matcher(line);
            if (total.matches()) {
                bytes = Long.parseLong(total.group(1));
            } else if (state.matches()) {
                subscribers = Long.parseLong(state.group(1));
            }
        }
        if (process.waitFor() != 0 || bytes < 0) {
            throw new IOException("jcmd told nothing of process " + pid);
        }
        return new Heap(bytes, subscribers);
    }
}
