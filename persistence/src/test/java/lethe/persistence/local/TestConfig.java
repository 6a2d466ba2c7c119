package lethe.persistence.local;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;

/** The configuration of a test on the shared Cassandra. */
public final class TestConfig {

    private TestConfig() {}

    public static Config forKeyspace(String keyspace) {
        var address = SharedCassandra.get().endpoint().toString();
        return ConfigFactory.parseMap(
                        Map.of("lethe.store.contact-points", List.of(address), "lethe.store.keyspace", keyspace))
                .withFallback(ConfigFactory.load());
    }

    /** One for all suites: ids are random, and tables cost seconds to create. */
    public static Config shared() {
        return forKeyspace("shared");
    }
}
