package lethe.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a node meets the others, speaks with them, and parts.
 *
 * @param address of this node, as the others reach it; beyond the loopback it needs certificates
 * @param port for the other nodes; 0 for a free one
 * @param bootstrapPort where it tells others which cluster it is in, unless it is alone
 * @param shards into which subscribers are divided; the same on all nodes, for ever
 * @param roles what it is for; at least one
 * @param appVersion of its program
 * @param stableAfter how long the cluster looks at nodes that it cannot reach before it decides who goes on; at least a
 *     second
 */
public record ClusterSettings(
        String address,
        int port,
        int bootstrapPort,
        int shards,
        Set<Role> roles,
        String appVersion,
        Duration stableAfter,
        Meeting meeting,
        NodeCertificates certificates) {
    private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?";

    public ClusterSettings {
        roles = Set.copyOf(roles);
        if (!Ports.isOneOrFree(port)) {
            throw new IllegalArgumentException("lethe.cluster.port is not a port: " + port);
        }
        if (!Ports.isOne(bootstrapPort)) {
            throw new IllegalArgumentException("lethe.cluster.bootstrap-port is not a port: " + bootstrapPort);
        }
        if (shards < 1) {
            throw new IllegalArgumentException("lethe.cluster.shards is below 1: " + shards);
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("lethe.cluster.roles is empty: edge, shard, or both");
        }
        if (!appVersion.matches("[0-9A-Za-z.+-]{1,64}")) {
            throw new IllegalArgumentException("lethe.cluster.app-version is not a version: " + appVersion);
        }
        if (stableAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("lethe.cluster.stable-after is below a second");
        }
        if (!address.matches(LOOPBACK) && !certificates.isOn()) {
            throw new IllegalArgumentException("lethe.cluster.address is " + address
                    + ", beyond the loopback: what nodes say there is in clear without lethe.cluster.tls, and whoever"
                    + " reaches it is believed. Set certificate, private-key and authority");
        }
    }

    /**
     * Reads {@code lethe.cluster}; opens no file.
     *
     * @throws IllegalArgumentException naming a setting that is out of bounds
     */
    public static ClusterSettings from(Config whole) {
        Config config = whole.getConfig("lethe.cluster");
        return new ClusterSettings(
                config.getString("address"),
                config.getInt("port"),
                config.getInt("bootstrap-port"),
                config.getInt("shards"),
                roles(config.getStringList("roles")),
                config.getString("app-version"),
                config.getDuration("stable-after"),
                Meeting.from(config),
                NodeCertificates.from(config.getConfig("tls")));
    }

    private static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words) {
            roles.add(Role.of(word)
                    .orElseThrow(() ->
                            new IllegalArgumentException("lethe.cluster.roles has neither edge nor shard: " + word)));
        }
        return roles;
    }

    /** What is the same for all nodes in Akka's words; to be laid over the libraries' configuration. */
    public static Config akka() {
        return ConfigFactory.parseResources("lethe/cluster.conf");
    }

    /**
     * The whole configuration of a node, resolved: between what is above and what is below stands what
     * {@code lethe.cluster} means to Akka.
     *
     * @param above the operator's
     * @param below Lethe's own and the libraries', unresolved
     * @throws IllegalArgumentException naming a setting that is out of bounds
     */
    public static Config resolve(Config above, Config below) {
        Config common = akka().withFallback(below);
        ClusterSettings settings = from(above.withFallback(common).resolve());
        return above.withFallback(settings.chosen()).withFallback(common).resolve();
    }

    /** What follows from the choices of one node. */
    private Config chosen() {
        Config chosen = ConfigFactory.empty();
        if (certificates.isOn()) {
            chosen = chosen.withFallback(ConfigFactory.parseResources("lethe/tls.conf"));
        }
        if (meeting instanceof Meeting.Seeds seeds) {
            chosen = chosen.withFallback(services(seeds.points()))
                    .withFallback(ConfigFactory.parseResources("lethe/seeds.conf"));
        }
        if (meeting instanceof Meeting.Kubernetes) {
            chosen = chosen.withFallback(ConfigFactory.parseResources("lethe/kubernetes.conf"));
        }
        return chosen;
    }

    private static Config services(List<ContactPoint> points) {
        List<Map<String, Object>> endpoints = points.stream()
                .map(point -> Map.<String, Object>of("host", point.host(), "port", point.port()))
                .toList();
        return ConfigFactory.empty()
                .withValue("akka.discovery.config.services.lethe.endpoints", ConfigValueFactory.fromIterable(endpoints))
                .withValue(
                        "akka.management.cluster.bootstrap.contact-point-discovery.required-contact-point-nr",
                        ConfigValueFactory.fromAnyRef(points.size()));
    }
}
