package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How Lethe uses Cassandra, read once from {@code lethe.store}.
 *
 * @param contactPoints nodes to ask first
 * @param localDatacenter whose nodes are used
 * @param keyspace created when absent
 * @param replication of the keyspace when it is created, as CQL
 * @param consistency of reads and writes
 * @param serialConsistency of claims and of the fence
 * @param requestTimeout of one attempt to have a statement executed, its waiting included
 * @param retryWithin when the last attempt of a statement may begin, counted from the first
 * @param schemaTimeout of the migration at start
 * @param ioThreads of the driver
 * @param maxConcurrentRequests under way at once, of all connections
 * @param maxWaitingRequests behind those; more are refused, and tried again
 * @param maxRequestsPerConnection under way, or given up and not answered yet
 * @param gcGrace how long Cassandra keeps tombstones
 * @param retention after which a row goes that says nothing of its own lifetime
 * @param expiryMargin how much longer than its envelope a row lives, so that its end can still be told
 * @param receiptLifetime how long a receipt waits to be settled
 * @param batchBytes bound of one batch; Cassandra refuses 50 KiB by default
 * @param dueSlices partitions of the due index per bucket
 * @param dueBucket time that a bucket of the due index covers
 * @param fenced prefixes of the persistence ids whose incarnations are fenced
 */
public record CassandraSettings(
        List<InetSocketAddress> contactPoints,
        String localDatacenter,
        String keyspace,
        String replication,
        ConsistencyLevel consistency,
        ConsistencyLevel serialConsistency,
        Duration requestTimeout,
        Duration retryWithin,
        Duration schemaTimeout,
        int ioThreads,
        int maxConcurrentRequests,
        int maxWaitingRequests,
        int maxRequestsPerConnection,
        Duration gcGrace,
        Duration retention,
        Duration expiryMargin,
        Duration receiptLifetime,
        int batchBytes,
        int dueSlices,
        Duration dueBucket,
        List<String> fenced) {

    /** The path of these settings in the configuration. */
    public static final String PATH = "lethe.store";

    /** How long a prekey lies that nobody asks for: a phone that comes back later has to publish others. */
    public static final Duration PREKEY_LIFETIME = Duration.ofDays(30);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?(.+?)]?:(\\d{1,5})");
    private static final List<String> PLUGINS = List.of("journal", "snapshot-store");
    private static final Set<String> KEYS = Set.of(
            "contact-points",
            "local-datacenter",
            "keyspace",
            "replication",
            "consistency",
            "serial-consistency",
            "request-timeout",
            "retry-within",
            "schema-timeout",
            "io-threads",
            "max-concurrent-requests",
            "max-waiting-requests",
            "max-requests-per-connection",
            "gc-grace",
            "retention",
            "expiry-margin",
            "receipt-lifetime",
            "batch-bytes",
            "due-slices",
            "due-bucket",
            "fenced",
            "journal",
            "snapshot-store");

    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        fenced = List.copyOf(fenced);
        if (contactPoints.isEmpty()) {
            throw new IllegalArgumentException(PATH + ".contact-points names no node");
        }
        if (!NAME.matcher(keyspace).matches()) {
            throw new IllegalArgumentException(PATH + ".keyspace is not " + NAME + ": " + keyspace);
        }
        if (!serialConsistency.isSerial()) {
            throw new IllegalArgumentException(PATH + ".serial-consistency is neither SERIAL nor LOCAL_SERIAL");
        }
        atLeast("io-threads", ioThreads, 1);
        atLeast("max-concurrent-requests", maxConcurrentRequests, 1);
        atLeast("max-requests-per-connection", maxRequestsPerConnection, maxConcurrentRequests);
        // Cassandra takes none for ever.
        atLeast("retention in seconds", retention.toSeconds(), 1);
        atLeast("expiry-margin in seconds", expiryMargin.toSeconds(), 1);
        atLeast("receipt-lifetime in seconds", receiptLifetime.toSeconds(), 1);
        atLeast("batch-bytes", batchBytes, 1024);
        atLeast("due-slices", dueSlices, 1);
        atLeast("due-bucket in seconds", dueBucket.toSeconds(), 1);
    }

    /**
     * Reads {@link #PATH} of the whole configuration.
     *
     * @throws IllegalArgumentException naming the key, if one is unknown or its value is out of bounds
     */
    public static CassandraSettings from(Config whole) {
        var config = whole.getConfig(PATH);
        var unknown = new TreeSet<>(config.root().keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(PATH + " does not know " + unknown);
        }
        var settings = new CassandraSettings(
                config.getStringList("contact-points").stream()
                        .map(CassandraSettings::contactPoint)
                        .toList(),
                config.getString("local-datacenter"),
                config.getString("keyspace"),
                replication(config.getConfig("replication")),
                DefaultConsistencyLevel.valueOf(config.getString("consistency")),
                DefaultConsistencyLevel.valueOf(config.getString("serial-consistency")),
                config.getDuration("request-timeout"),
                config.getDuration("retry-within"),
                config.getDuration("schema-timeout"),
                config.getInt("io-threads"),
                config.getInt("max-concurrent-requests"),
                config.getInt("max-waiting-requests"),
                config.getInt("max-requests-per-connection"),
                config.getDuration("gc-grace"),
                config.getDuration("retention"),
                config.getDuration("expiry-margin"),
                config.getDuration("receipt-lifetime"),
                Math.toIntExact(config.getBytes("batch-bytes")),
                config.getInt("due-slices"),
                config.getDuration("due-bucket"),
                config.getStringList("fenced"));
        PLUGINS.forEach(plugin -> settings.refuseToBeCutShort(plugin, config.getConfig(plugin)));
        return settings;
    }

    /** Whether incarnations of this persistence id are fenced. */
    public boolean isFenced(String persistenceId) {
        return fenced.stream().anyMatch(persistenceId::startsWith);
    }

    private static InetSocketAddress contactPoint(String text) {
        var parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(PATH + ".contact-points: not host:port: " + text);
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** The same keys as CQL has: class, and replication_factor or one factor per datacentre. */
    private static String replication(Config config) {
        return new TreeMap<>(config.root().unwrapped())
                .entrySet().stream()
                        .map(option -> "'" + quoted(option.getKey()) + "': '"
                                + quoted(String.valueOf(option.getValue())) + "'")
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    /** A plugin whose circuit breaker called a write failed while it is still repeated would end an entity in vain. */
    private void refuseToBeCutShort(String plugin, Config config) {
        atLeast(
                plugin + ".circuit-breaker.call-timeout in milliseconds",
                config.getDuration("circuit-breaker.call-timeout").toMillis(),
                retryWithin.plus(requestTimeout).toMillis() + 1);
    }

    private static void atLeast(String name, long value, long bound) {
        if (value < bound) {
            throw new IllegalArgumentException(PATH + "." + name + " is below " + bound + ": " + value);
        }
    }
}
