package lethe.loadtest.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Children;

/** Everything that goes over some ports of the loopback, written down by tcpdump from the beginning. */
public final class Capture {
    public static final String TOOL = "tcpdump";

    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    /** Ends the capture when its standard input does. */
    private static final String KEEPER = """
            tcpdump -i lo -n -U -Z root -s 0 -B 65536 -w "$1" "$2" 2>"$1.log" &
            pid=$!
            until grep -q 'listening on' "$1.log"; do
                kill -0 "$pid" || { cat "$1.log"; exit 1; }
                sleep 0.1
            done
            echo "capture ready $1"
            while read -r _; do :; done
            kill -TERM "$pid"
            wait "$pid"
            cat "$1.log"
            """;

    private final Path file;
    private final Child child;

    private Capture(Path file, Child child) {
        this.file = file;
        this.child = child;
    }

    /**
     * Begins.
     *
     * @throws NotPossible if this machine does not let us
     * @param filter as in pcap-filter(7)
     */
    public static Capture begin(Path file, String filter, Children children) throws IOException, InterruptedException {
        Child child = children.start(
                file.getFileName().toString(), ENDS_WITHIN, Tool.script(KEEPER, file.toString(), filter));
        try {
            child.awaitReady("capture", BEGINS_WITHIN);
        } catch (IOException refused) {
            throw NotPossible.here("no traffic can be captured: " + refused.getMessage());
        }
        return new Capture(file, child);
    }

    /** Ends it, and answers the file of packets. */
    public Path end() throws IOException {
        child.close();
        child.ended().join();
        String told = child.lastLines();
        if (!told.contains("\n0 packets dropped by kernel")) {
            throw new IOException("tcpdump missed packets\n" + told);
        }
        return file;
    }
}
