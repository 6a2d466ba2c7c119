package lethe.loadtest.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lethe.loadtest.load.Target;
import lethe.loadtest.peers.mqtt.MqttDialect;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Loopback;

/** mosquitto, the MQTT broker: unbounded queues in memory, nothing durable. */
public final class Mosquitto {
    static final String NAME = "mosquitto";
    public static final DebianPackage PACKAGE = new DebianPackage(NAME, "/usr/sbin/mosquitto");

    private static final int PORT = 1883;

    private Mosquitto() {}

    /** Starts one, and returns when it listens. */
    public static Target start() throws IOException, InterruptedException {
        PeerProcesses processes = new PeerProcesses(NAME);
        try {
            InetAddress address = Loopback.free(PORT);
            Path configuration = processes.directory().resolve("mosquitto.conf");
            Files.writeString(configuration, configuration(address));
            Child child = processes.start(NAME, Map.of(), List.of(PACKAGE.program(), "-c", configuration.toString()));
            InetSocketAddress socket = new InetSocketAddress(address, PORT);
            processes.awaitListening(child, socket);
            return new Peer(
                    NAME,
                    PACKAGE.version(),
                    socket,
                    processes,
                    (pair, half, contents) -> new MqttDialect(half, contents));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            processes.close();
            throw failed;
        }
    }

    /** Nothing is dropped (0 is no bound), nothing is delayed, nothing is written. */
    private static String configuration(InetAddress address) {
        return """
                listener %d %s
                allow_anonymous true
                persistence false
                max_inflight_messages 0
                max_queued_messages 0
                set_tcp_nodelay true
                log_dest stderr
                log_type error
                log_type warning
                """.formatted(PORT, address.getHostAddress());
    }
}
