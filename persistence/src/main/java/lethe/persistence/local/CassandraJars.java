package lethe.persistence.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the jars of the Cassandra server are: apart from Lethe's own classpath, as {@code cassandra/target/lib} of the
 * checkout.
 */
final class CassandraJars {

    /** System property that names the directory of the jars itself. */
    static final String PROPERTY = "lethe.cassandra.lib";

    private static final Path WITHIN_CHECKOUT = Path.of("cassandra", "target", "lib");

    private CassandraJars() {}

    /** Named by property, or below {@code lethe.home}, or below the working directory or one of its parents. */
    static Path find() throws IOException {
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        var home = System.getProperty("lethe.home");
        var below = home == null ? fromWorkingDirectory() : inside(Path.of(home));
        return below.orElseThrow(() -> new IOException("no Cassandra jars in " + WITHIN_CHECKOUT
                + ": build the module cassandra first (mvn -pl cassandra package)"));
    }

    private static Optional<Path> fromWorkingDirectory() {
        for (@Nullable Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            var found = inside(place);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> inside(Path checkout) {
        var jars = checkout.resolve(WITHIN_CHECKOUT);
        return Files.isDirectory(jars) ? Optional.of(jars) : Optional.empty();
    }
}
