package lethe.broker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe broker}: one broker, until it is told to stop. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs a broker until SIGTERM or Ctrl-C; prints a line for each of its ports when it can serve.",
        footer = {"", "Everything that can be set, with its default, is in reference.conf."})
public final class BrokerCommand implements Callable<Integer> {
    private static final int UNUSABLE_CONFIGURATION = 78;
    /** Tells whoever watches the process to start it anew. */
    private static final int LEFT_BEHIND = 75;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "-c", paramLabel = "FILE", description = "Settings that differ from the defaults, as HOCON.")
    private @Nullable Path file;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One setting, for example -D lethe.edge.port=8443.")
    private Map<String, String> single = new LinkedHashMap<>();

    @Option(names = "--address", paramLabel = "IP", description = "Where phones connect (lethe.edge.host).")
    private @Nullable String address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where phones connect (lethe.edge.port); 0: a free one.")
    private @Nullable Integer port;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "For operators (lethe.edge.admin.port).")
    private @Nullable Integer adminPort;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the node keeps its key (lethe.data).")
    private @Nullable Path data;

    @Option(
            names = "--cassandra",
            paramLabel = "IP:PORT",
            description = "A node of Cassandra (lethe.store.contact-points).")
    private @Nullable String cassandra;

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws InterruptedException {
        try {
            Config config = Configuration.of(settings(), Optional.ofNullable(file));
            Broker broker = Broker.start(config, Clock.tickMillis(ZoneOffset.UTC))
                    .toCompletableFuture()
                    .get();
            say("broker ready " + broker.scheme() + "://" + text(broker.address()));
            say("admin ready http://" + text(broker.adminAddress()));
            if (exitWithParent) {
                stopWithParent(broker);
            }
            broker.stopped().toCompletableFuture().join();
            return broker.wasLeftBehind() ? LEFT_BEHIND : 0;
        } catch (IllegalArgumentException | ConfigException | IOException e) {
            return refuse(UNUSABLE_CONFIGURATION, e);
        } catch (ExecutionException | CompletionException e) {
            return refuse(1, e.getCause() == null ? e : e.getCause());
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        put(settings, "lethe.edge.host", address);
        put(settings, "lethe.edge.port", port);
        put(settings, "lethe.edge.admin.port", adminPort);
        put(settings, "lethe.data", data);
        put(settings, "lethe.store.contact-points.0", cassandra);
        settings.putAll(single);
        return settings;
    }

    private static void put(Map<String, String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static void stopWithParent(Broker broker) {
        Thread reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // Unreadable means the same: nobody is there.
                    }
                    broker.stop();
                },
                "watch-standard-input");
        reader.setDaemon(true);
        reader.start();
    }

    private int refuse(int code, Throwable cause) {
        PrintWriter err = spec().commandLine().getErr();
        err.println("lethe broker: " + cause.getMessage());
        err.flush();
        return code;
    }

    private void say(String line) {
        PrintWriter out = spec().commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec;
    }
}
