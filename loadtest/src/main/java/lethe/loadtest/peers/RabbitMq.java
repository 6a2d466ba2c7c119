package lethe.loadtest.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lethe.loadtest.load.Target;
import lethe.loadtest.peers.amqp.AmqpDialect;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Loopback;

/** RabbitMQ, the AMQP broker: durable queues. Its Erlang node has an epmd, a name and a cookie of its own. */
public final class RabbitMq {
    static final String NAME = "rabbitmq";
    public static final DebianPackage PACKAGE =
            new DebianPackage("rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static final int PORT = 5672;

    private RabbitMq() {}

    /**
     * Starts one, and returns when it listens.
     *
     * @param confirmsHold whether the sender takes a publisher confirm for custody, as it does when the recipient is
     *     away; else a message is under way until its receipt comes
     */
    public static Target start(boolean confirmsHold) throws IOException, InterruptedException {
        PeerProcesses processes = new PeerProcesses(NAME);
        try {
            InetAddress address = Loopback.free(PORT);
            int nodes = Loopback.freePort();
            Map<String, String> environment = environment(processes.directory(), nodes);
            Path configuration = processes.directory().resolve("rabbitmq.conf");
            Files.writeString(configuration, configuration(address));
            environment.put("RABBITMQ_CONFIG_FILE", configuration.toString());
            Child names = processes.startUncounted("epmd", environment, List.of("epmd", "-port", "" + nodes));
            processes.awaitListening(names, new InetSocketAddress(InetAddress.getLoopbackAddress(), nodes));
            Child child = processes.start(NAME, environment, List.of(PACKAGE.program()));
            InetSocketAddress socket = new InetSocketAddress(address, PORT);
            processes.awaitListening(child, socket);
            return new Peer(
                    NAME,
                    PACKAGE.version(),
                    socket,
                    processes,
                    (pair, half, contents) -> new AmqpDialect(half, contents, confirmsHold));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            processes.close();
            throw failed;
        }
    }

    private static Map<String, String> environment(Path directory, int nodes) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", directory.toString());
        environment.put("ERL_EPMD_PORT", Integer.toString(nodes));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("ERL_CRASH_DUMP_SECONDS", "0");
        environment.put("RABBITMQ_NODENAME", "lethe-" + nodes + "@localhost");
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(Loopback.freePort()));
        environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("database").toString());
        environment.put("RABBITMQ_LOG_BASE", directory.resolve("logs").toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", directory.resolve("none").toString());
        // Without this the script stays as a parent, and outlives a broker that is killed.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        return environment;
    }

    private static String configuration(InetAddress address) {
        return """
                listeners.tcp.1 = %s:%d
                tcp_listen_options.nodelay = true
                tcp_listen_options.backlog = 4096
                log.console.level = warning
                """.formatted(address.getHostAddress(), PORT);
    }
}
