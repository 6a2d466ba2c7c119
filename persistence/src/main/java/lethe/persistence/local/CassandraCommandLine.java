package lethe.persistence.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs the server under its watching shell. */
final class CassandraCommandLine {

    /** How long a server that was told to stop may drain, in seconds, before it is killed. */
    static final int GRACE_SECONDS = 15;

    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "java.base/java.lang.ref",
            "jdk.unsupported/sun.misc");

    private static final List<String> OPENS = List.of(
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.util",
            "java.base/java.nio",
            "jdk.management/com.sun.management.internal");

    /** One node alone: nothing to wait for, nobody to agree with. Without these a start takes a minute. */
    private static final List<String> ALONE = List.of(
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=0",
            "-Dcassandra.load_ring_state=false",
            "-Dcassandra.superuser_setup_delay_ms=-1",
            "-Dcassandra.consistent.rangemovement=false",
            "-Dcassandra.approximate_time_precision_ms=20",
            "-Dcassandra.test.ignore_sigar=true",
            "-Dcassandra.shutdown_announce_in_ms=0",
            "-Dcassandra.skip_paxos_state_rebuild=true");

    private CassandraCommandLine() {}

    static List<String> of(LocalCassandraSettings settings, CassandraFiles files, Path java, Path jars)
            throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of("sh", "-c", watchScript(), "lethe-cassandra"));
        command.addAll(List.of(files.processId().toString(), Integer.toString(GRACE_SECONDS)));
        command.add(java.toString());
        command.addAll(heap(settings));
        command.addAll(dumps(files));
        EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
        OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
        command.addAll(places(settings, files));
        command.addAll(ALONE);
        command.addAll(List.of("-cp", jars + "/*", "org.apache.cassandra.service.CassandraDaemon"));
        return List.copyOf(command);
    }

    private static List<String> heap(LocalCassandraSettings settings) {
        var heap = new ArrayList<String>();
        heap.add("-Xms" + settings.heapMegabytes() + "m");
        heap.add("-Xmx" + settings.heapMegabytes() + "m");
        heap.addAll(List.of("-XX:+UseSerialGC", "-Xss256k"));
        if (!settings.attachable()) {
            heap.add("-XX:+DisableAttachMechanism");
        }
        if (settings.quickJit()) {
            heap.add("-XX:TieredStopAtLevel=1");
        }
        return heap;
    }

    /** The report of a crash stays with the data, which goes with it. */
    private static List<String> dumps(CassandraFiles files) {
        return List.of(
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + files.crash());
    }

    private static List<String> places(LocalCassandraSettings settings, CassandraFiles files) {
        return List.of(
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.rmi.server.hostname=" + settings.endpoint().address().getHostAddress(),
                "-Djava.io.tmpdir=" + files.directory().resolve("tmp"),
                "-Dcassandra.config=" + files.configuration().toUri(),
                "-Dcassandra.storagedir=" + files.directory(),
                "-Dcassandra.triggers_dir=" + files.directory().resolve("triggers"),
                "-Dlogback.configurationFile=" + files.logging(),
                "-Dcassandra-foreground=yes");
    }

    private static String watchScript() throws IOException {
        try (var script = CassandraCommandLine.class.getResourceAsStream("watch.sh")) {
            if (script == null) {
                throw new IllegalStateException("watch.sh is not beside this class");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
