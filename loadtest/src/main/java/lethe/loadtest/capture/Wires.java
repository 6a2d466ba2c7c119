package lethe.loadtest.capture;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import lethe.loadtest.evidence.Capture;
import lethe.loadtest.process.Children;

/**
 * All traffic of the lab, recorded from the beginning. What goes to the carrier is apart: SMPP is not encrypted, and
 * has the number for whom an SMS is.
 */
final class Wires {
    private final Capture all;
    private final Capture carrier;

    private Wires(Capture all, Capture carrier) {
        this.all = all;
        this.carrier = carrier;
    }

    /**
     * Begins.
     *
     * @param registrar where tagger, verifier, naive service and the carrier's centre are
     * @param smpp the centre's port
     */
    static Wires tap(
            Path directory,
            InetAddress broker,
            InetAddress cassandra,
            InetAddress registrar,
            int smpp,
            Children keepers)
            throws IOException, InterruptedException {
        String allButCarrier = "host %s or host %s or (host %s and not port %d)"
                .formatted(broker.getHostAddress(), cassandra.getHostAddress(), registrar.getHostAddress(), smpp);
        String carrierOnly = "host %s and port %d".formatted(registrar.getHostAddress(), smpp);
        return new Wires(
                Capture.begin(directory.resolve("packets.pcap"), allButCarrier, keepers),
                Capture.begin(directory.resolve("carrier.pcap"), carrierOnly, keepers));
    }

    /** Ends, and answers the packets of all but the carrier. */
    Path endOfAll() throws IOException {
        return all.end();
    }

    /** Ends, and answers the packets that went to and from the carrier. */
    Path endOfCarrier() throws IOException {
        return carrier.end();
    }
}
