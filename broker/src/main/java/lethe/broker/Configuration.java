package lethe.broker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lethe.cluster.ClusterSettings;

/** Puts a broker's configuration together: single keys, the operator's file, Lethe's own, the libraries'. */
final class Configuration {
    /** Whose keys are somebody else's, such as the name of a datacentre. */
    private static final List<String> OPEN = List.of("store.replication");

    private Configuration() {}

    /**
     * The whole, resolved.
     *
     * @throws IllegalArgumentException naming every key under {@code lethe} that does not exist, or one of
     *     {@code lethe.cluster} that is out of bounds
     */
    static Config of(Map<String, String> single, Optional<Path> file) {
        Config operator = ConfigFactory.parseMap(single, "the command line")
                .withFallback(
                        file.map(path -> ConfigFactory.parseFile(path.toFile())).orElseGet(ConfigFactory::empty));
        Config reference = ConfigFactory.defaultReferenceUnresolved();
        var unknown = new TreeSet<String>();
        if (operator.hasPath("lethe")) {
            collect("", operator.getObject("lethe"), reference.getObject("lethe"), unknown);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown keys: lethe." + String.join(", lethe.", unknown));
        }
        return ClusterSettings.resolve(operator.withFallback(ConfigFactory.defaultOverrides()), reference);
    }

    private static void collect(String path, ConfigObject given, ConfigObject known, Set<String> unknown) {
        for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            ConfigValue counterpart = known.get(entry.getKey());
            if (counterpart == null) {
                unknown.add(key);
            } else if (entry.getValue() instanceof ConfigObject inner
                    && counterpart instanceof ConfigObject knownInner
                    && !OPEN.contains(key)) {
                collect(key, inner, knownInner, unknown);
            }
        }
    }
}
