package lethe.loadtest.capture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.client.http.VerifierHttp;
import lethe.device.http.Fleet;
import lethe.loadtest.evidence.JavaProcess;
import lethe.loadtest.process.Children;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Loopback;
import lethe.loadtest.process.Program;
import lethe.loadtest.process.RegistrarPort;
import lethe.loadtest.process.Shutdown;
import lethe.loadtest.process.TaggerProcess;
import lethe.loadtest.process.TlsFiles;
import lethe.loadtest.process.VerifierProcess;
import lethe.wire.Encoding;

/**
 * Where it happens: Cassandra and a broker on addresses of their own; a tagger, a verifier, its carrier's centre and a
 * naive service on another; and their {@link Wires}.
 *
 * <p>All TLS is 1.3. This process exports the secrets of its connections, and so does the tagger, which the verifier
 * asks; broker and verifier run as they are.
 */
final class Lab implements AutoCloseable {
    /** As the launcher starts a broker, on a smaller heap, in which less is to be searched. */
    private static final String[] BROKER_JAVA = {
        "-XX:+UseParallelGC",
        "-XX:-UseAdaptiveSizePolicy",
        "-XX:MaxTenuringThreshold=1",
        "-Xmn64m",
        "-Xms128m",
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1"
    };

    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Path directory;
    private final Parts parts;
    private final Wires wires;
    private final Servers servers;

    /**
     * All that a phone meets.
     *
     * @param http believes their certificates, and no others
     */
    record Servers(
            Installation installation,
            TaggerProcess tagger,
            VerifierProcess verifier,
            SmsCentre centre,
            NaiveService naive,
            HttpClient http) {}

    private Lab(Path directory, Parts parts, Wires wires, Servers servers) {
        this.directory = directory;
        this.parts = parts;
        this.wires = wires;
        this.servers = servers;
    }

    /**
     * Starts all of it.
     *
     * @param directory for everything
     * @param cutShort to be done if this process is told to end, when nothing is written there any more
     */
    static Lab set(Path directory, Runnable cutShort) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Parts parts = new Parts();
        try {
            KeyExport.begin(ProcessHandle.current().pid(), secretsOfPhones(directory));
            InstallationPlan plan = InstallationPlan.in(directory.resolve("broker"));
            InetAddress registrar = Loopback.free();
            SmsCentre centre = parts.add(SmsCentre.open(registrar));
            Children keepers = parts.add(keepers(directory, cutShort));
            Wires wires = Wires.tap(directory, plan.broker(), plan.cassandra(), registrar, centre.port(), keepers);
            return new Lab(directory, parts, wires, servers(directory, plan, registrar, centre, parts));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    private static Children keepers(Path directory, Runnable cutShort) {
        Children keepers = new Children(Program.current(), directory.resolve("keepers"));
        keepers.afterwards(() -> {
            if (Shutdown.hasBegun()) {
                cutShort.run();
            }
        });
        return keepers;
    }

    private static Servers servers(
            Path directory, InstallationPlan plan, InetAddress registrar, SmsCentre centre, Parts parts)
            throws IOException, InterruptedException {
        Path files = directory.resolve("tls");
        TlsFiles broker = TlsFiles.make("broker", files, plan.broker());
        TlsFiles tls = TlsFiles.make("registrar", files, registrar);
        NaiveService naive = parts.add(NaiveService.open(registrar, tls));
        RegistrarPort port = new RegistrarPort(registrar, 0, tls);
        Path home = Files.createDirectories(directory.resolve("verifier"));
        TaggerProcess tagger =
                parts.add(TaggerProcess.start(directory.resolve("tagger"), port, VerifierProcess.key(home)));
        KeyExport.begin(tagger.pid(), secretsOfTagger(directory));
        List<String> codes =
                List.of("--smpp", centre.file(home.resolve("smpp.conf")).toString());
        VerifierProcess verifier = parts.add(VerifierProcess.start(home, port, tagger, codes));
        Installation installation = parts.add(Installation.start(plan.withQuickCassandra()
                .withBrokerJava(BROKER_JAVA)
                .with("lethe.registration.open", "off")
                .with("lethe.registration.verifiers.0", verifier.pinned().toText())
                .with("lethe.edge.tls.certificate-chain", broker.chain().toString())
                .with("lethe.edge.tls.private-key", broker.privateKey().toString())));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TlsFiles.client(files, List.of(broker, tls)))
                .build();
        return new Servers(installation, tagger, verifier, centre, naive, http);
    }

    private static Path secretsOfPhones(Path directory) {
        return directory.resolve("secrets-phones.txt");
    }

    private static Path secretsOfTagger(Path directory) {
        return directory.resolve("secrets-tagger.txt");
    }

    Servers servers() {
        return servers;
    }

    Wires wires() {
        return wires;
    }

    /** Where phones connect. */
    URI broker() {
        return servers.installation().address();
    }

    JavaProcess brokerProcess() {
        return JavaProcess.of(servers.installation().broker().pid());
    }

    JavaProcess cassandraProcess() throws IOException {
        Path pid = servers.installation().cassandraDirectory().resolve("cassandra.pid");
        return JavaProcess.of(Long.parseLong(Files.readString(pid).strip()));
    }

    JavaProcess taggerProcess() {
        return JavaProcess.of(servers.tagger().pid());
    }

    JavaProcess verifierProcess() {
        return JavaProcess.of(servers.verifier().pid());
    }

    /** Asks it for its keys, again and again, so that it uses its memory. */
    void keepVerifierBusy(int requests) throws IOException, InterruptedException {
        VerifierHttp verifier =
                new VerifierHttp(servers.http(), servers.verifier().address(), Encoding.CBOR);
        for (int i = 0; i < requests; i++) {
            Fleet.within(ANSWER).await(verifier.keys());
        }
    }

    /** Everything that the parts wrote: Cassandra's data and commit log, keys, logs. */
    Path files(String part) {
        return directory.resolve(part);
    }

    /** The secrets of all TLS connections so far, in one file. */
    Path secrets() throws IOException {
        List<String> all = new ArrayList<>(Files.readAllLines(secretsOfPhones(directory)));
        all.addAll(Files.readAllLines(secretsOfTagger(directory)));
        return Files.write(directory.resolve("secrets.txt"), all);
    }

    @Override
    public void close() {
        parts.close();
    }
}
