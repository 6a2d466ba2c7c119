package lethe.loadtest.seizure;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import lethe.loadtest.evidence.Capture;
import lethe.loadtest.evidence.JavaProcess;
import lethe.loadtest.process.Children;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Program;
import lethe.loadtest.process.Shutdown;

/** Where it happens: a disk of its own, a Cassandra and a broker that write nowhere else, and what their traffic is. */
final class Scene implements AutoCloseable {
    private static final int DISK_MEGABYTES = 512;
    private static final List<String> TABLES = List.of("subscriber", "due", "journal", "snapshot");

    private final Children keepers;
    private final LoopDisk disk;
    private final Capture capture;
    private final Installation installation;

    private Scene(Children keepers, LoopDisk disk, Capture capture, Installation installation) {
        this.keepers = keepers;
        this.disk = disk;
        this.capture = capture;
        this.installation = installation;
    }

    /**
     * Mounts the disk, begins the capture, starts Cassandra and the broker.
     *
     * @param directory of the disk's image and of the captured packets
     * @param broker how it differs from the shipped one
     * @param cutShort to be done if this process is told to end, when nothing is mounted any more
     */
    static Scene set(Path directory, UnaryOperator<InstallationPlan> broker, Runnable cutShort)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Children keepers = new Children(Program.current(), directory);
        keepers.afterwards(() -> {
            if (Shutdown.hasBegun()) {
                cutShort.run();
            }
        });
        try {
            LoopDisk disk = LoopDisk.mount(directory, DISK_MEGABYTES, keepers);
            InstallationPlan installation = broker.apply(
                    InstallationPlan.in(disk.root()).withQuickCassandra().withAttachableCassandra());
            Capture capture = capture(directory, installation, keepers);
            return new Scene(keepers, disk, capture, Installation.start(installation));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            keepers.close();
            throw failed;
        }
    }

    /** Not what phones say: without TLS, which ends in front of this broker, content goes there in the clear. */
    private static Capture capture(Path directory, InstallationPlan plan, Children keepers)
            throws IOException, InterruptedException {
        String filter = "(host %s and port 9042) or (host %s and port %d)"
                .formatted(address(plan.cassandra()), address(plan.broker()), plan.port() + 1);
        return Capture.begin(directory.resolve("packets.pcap"), filter, keepers);
    }

    private static String address(InetAddress address) {
        return address.getHostAddress();
    }

    Installation installation() {
        return installation;
    }

    LoopDisk disk() {
        return disk;
    }

    Capture capture() {
        return capture;
    }

    JavaProcess broker() {
        return JavaProcess.of(installation.broker().pid());
    }

    /** The server itself, which has written its number down. */
    JavaProcess cassandra() throws IOException {
        Path pid = installation.cassandraDirectory().resolve("cassandra.pid");
        return JavaProcess.of(Long.parseLong(Files.readString(pid).strip()));
    }

    /** Rows that say something of a subscriber: how many Cassandra has now. */
    long rows() throws IOException {
        SortedMap<String, Long> rows = installation.rows();
        return TABLES.stream().mapToLong(table -> rows.getOrDefault(table, 0L)).sum();
    }

    /** Ends broker and Cassandra, and answers the disk as they leave it. */
    Path end() {
        installation.close();
        return disk.unmounted();
    }

    @Override
    public void close() {
        installation.close();
        keepers.close();
    }
}
