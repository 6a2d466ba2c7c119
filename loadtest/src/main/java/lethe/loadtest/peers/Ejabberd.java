package lethe.loadtest.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lethe.loadtest.load.Target;
import lethe.loadtest.peers.xmpp.XmppDialect;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Loopback;

/**
 * ejabberd, the XMPP server, with the modules for chat that Debian switches on, and without its traffic limits.
 *
 * <p>Debian's {@code ejabberdctl} runs as one user and on one node name only, so Erlang is started directly, and not as
 * a node: it meets no other, and needs no epmd.
 */
public final class Ejabberd {
    static final String NAME = "ejabberd";
    public static final DebianPackage PACKAGE = new DebianPackage(NAME, "/usr/sbin/ejabberdctl");

    private static final int PORT = 5222;

    /**
     * Of Debian's configuration, those that phones in a chat use. Without any, a message costs ejabberd about a third
     * less: few would run it so. No archive (mod_mam).
     */
    private static final String MODULES = """
            modules:
              {mod_adhoc: {}, mod_blocking: {}, mod_caps: {}, mod_carboncopy: {}, mod_client_state: {},
              mod_disco: {}, mod_last: {}, mod_offline: {}, mod_ping: {}, mod_privacy: {}, mod_private: {},
              mod_pubsub: {}, mod_push: {}, mod_push_keepalive: {}, mod_roster: {}, mod_shared_roster: {},
              mod_stream_mgmt: {}, mod_vcard: {}, mod_vcard_xupdate: {}, mod_version: {}}
            """;

    /** Where Debian has put ejabberd's code, which depends on the processor. */
    private static final Pattern LIBRARIES = Pattern.compile("^ERL_LIBS='(.+)'$", Pattern.MULTILINE);

    private Ejabberd() {}

    /** Starts one, and returns when it listens. */
    public static Target start() throws IOException, InterruptedException {
        PeerProcesses processes = new PeerProcesses(NAME);
        try {
            InetAddress address = Loopback.free(PORT);
            Path directory = processes.directory();
            Path configuration = directory.resolve("ejabberd.yml");
            Files.writeString(configuration, configuration(address));
            Child child = processes.start(NAME, environment(directory, configuration), command(directory));
            InetSocketAddress socket = new InetSocketAddress(address, PORT);
            processes.awaitListening(child, socket);
            return new Peer(
                    NAME,
                    PACKAGE.version(),
                    socket,
                    processes,
                    (pair, half, contents) -> new XmppDialect(half, contents));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            processes.close();
            throw failed;
        }
    }

    private static Map<String, String> environment(Path directory, Path configuration) throws IOException {
        var libraries = LIBRARIES.matcher(Files.readString(Path.of(PACKAGE.program())));
        if (!libraries.find()) {
            throw new IOException(PACKAGE.program() + " does not say where ejabberd's code is");
        }
        return Map.of(
                "HOME", directory.toString(),
                "ERL_LIBS", libraries.group(1),
                "ERL_CRASH_DUMP_SECONDS", "0",
                "EJABBERD_CONFIG_PATH", configuration.toString(),
                "EJABBERD_LOG_PATH", directory.resolve("own.log").toString());
    }

    /** With Debian's options. */
    private static List<String> command(Path directory) {
        return List.of(
                "erl",
                "+K",
                "true",
                "+P",
                "250000",
                "-noinput",
                "-mnesia",
                "dir",
                "\"" + directory.resolve("database") + "\"",
                "-s",
                "ejabberd");
    }

    /** Any name may log in: what is measured is messages, not passwords. */
    private static String configuration(InetAddress address) {
        return """
                hosts:
                  - %s
                loglevel: warning
                auth_method: anonymous
                anonymous_protocol: login_anon
                listen:
                  -
                    port: %d
                    ip: "%s"
                    module: ejabberd_c2s
                    shaper: none
                    backlog: 4096
                """.formatted(XmppDialect.HOST, PORT, address.getHostAddress()) + MODULES;
    }
}
