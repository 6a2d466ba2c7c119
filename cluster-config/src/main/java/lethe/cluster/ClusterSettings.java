package lethe.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * How a node meets the others.
 *
 * @param address of this node, as the others reach it
 * @param port for the other nodes; 0 for a free one
 * @param shards into which subscribers are divided; the same on all nodes, for ever
 */
public record ClusterSettings(String address, int port, int shards) {
    public ClusterSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("lethe.cluster.port is not a port: " + port);
        }
        if (shards < 1) {
            throw new IllegalArgumentException("lethe.cluster.shards is below 1: " + shards);
        }
    }

    /** Reads {@code lethe.cluster}. */
    public static ClusterSettings from(Config whole) {
        Config config = whole.getConfig("lethe.cluster");
        return new ClusterSettings(config.getString("address"), config.getInt("port"), config.getInt("shards"));
    }

    /** What these settings mean to Akka; to be laid between the operator's configuration and the libraries'. */
    public static Config akka() {
        return ConfigFactory.parseResources("lethe/cluster.conf");
    }
}
