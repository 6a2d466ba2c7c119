package lethe.persistence.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Java that runs the Cassandra server: always a 17.
 *
 * <p>Cassandra 5.0 installs a security manager, which Java 24 and later refuse; so a newer Java may run Lethe, but not
 * the server beside it.
 */
final class CassandraJava {

    /** Names a JDK 17 for the server. */
    static final String VARIABLE = "LETHE_CASSANDRA_JAVA_HOME";

    private static final int REQUIRED = 17;
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    private CassandraJava() {}

    /** The executable, or what to do about its absence. */
    static Path find(Map<String, String> environment) throws IOException {
        var named = environment.get(VARIABLE);
        if (named != null) {
            return executable(Path.of(named))
                    .orElseThrow(
                            () -> new IOException(VARIABLE + " names " + named + ", which is not a Java " + REQUIRED));
        }
        var own = Path.of(System.getProperty("java.home"));
        return Stream.concat(Stream.of(own), PLACES.stream().flatMap(CassandraJava::homesIn))
                .flatMap(home -> executable(home).stream())
                .findFirst()
                .orElseThrow(() -> new IOException("the local Cassandra needs a Java " + REQUIRED + " and this is "
                        + Runtime.version().feature() + ": install one, or name it in " + VARIABLE));
    }

    private static Stream<Path> homesIn(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.empty();
        }
        try (var entries = Files.list(place)) {
            return entries
                    .sorted()
                    .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    /** Every JDK says its version in a file called release, so none needs to be run. */
    private static Optional<Path> executable(Path home) {
        var java = home.resolve("bin/java");
        var release = home.resolve("release");
        if (!Files.isExecutable(java) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(release)) {
            return lines.anyMatch(line -> line.startsWith("JAVA_VERSION=\"" + REQUIRED))
                    ? Optional.of(java)
                    : Optional.empty();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
