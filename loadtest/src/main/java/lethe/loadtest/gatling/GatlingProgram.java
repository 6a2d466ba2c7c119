package lethe.loadtest.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lethe.loadtest.process.Program;

/**
 * How a simulation is started: with the Java of this process, and with the jars of the module {@code gatling} alone.
 *
 * @param java how this program itself was started
 * @param module the directory of the module, built
 */
public record GatlingProgram(Program java, Path module) {
    private static final String MAIN = "io.gatling.app.Gatling";
    private static final String PACKAGE = "lethe.gatling.";
    private static final Set<String> SIMULATIONS =
            new TreeSet<>(List.of("ConnectStorm", "LiveChat", "OfflineBurst", "SlowPhones"));

    private static final List<String> JAVA = List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            // Gatling writes strings to its log by their inside.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            // Gatling asks Maven Central whether there is a newer one. A simulation talks to the broker and to nobody
            // else.
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=9");

    /** Of this checkout. */
    public static GatlingProgram current() {
        return new GatlingProgram(
                Program.current(), Path.of(System.getProperty("lethe.home", "")).resolve("gatling"));
    }

    /** What can be run. */
    public static Set<String> simulations() {
        return SIMULATIONS;
    }

    private Path results() {
        return module.resolve("target").resolve("gatling").toAbsolutePath();
    }

    /**
     * The words that run a simulation.
     *
     * @param properties of its Java process
     * @throws IOException if the module is not built
     */
    public List<String> command(String simulation, Map<String, String> properties) throws IOException {
        Path jar = module.resolve("target")
                .resolve("lib")
                .resolve("lethe-gatling.jar")
                .toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IOException("no simulations: build the module gatling first (mvn -pl gatling -am package)");
        }
        List<String> words = new ArrayList<>(List.of(java.java().toString()));
        words.addAll(java.options());
        words.addAll(JAVA);
        words.add("-Djava.util.prefs.userRoot=" + results());
        words.add("-Dlethe.results=" + results());
        properties.forEach((key, value) -> words.add("-D" + key + "=" + value));
        words.addAll(List.of("-cp", jar.toString(), MAIN));
        words.addAll(List.of("--simulation", PACKAGE + simulation));
        words.addAll(List.of("--results-folder", results().toString(), "--no-reports"));
        return words;
    }
}
