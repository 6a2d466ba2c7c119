package lethe.cluster;

import akka.cluster.ConfigValidation;
import akka.cluster.Invalid;
import akka.cluster.JoinConfigCompatChecker;
import akka.cluster.Valid;
import com.typesafe.config.Config;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What must be the same on all nodes, or a subscriber would be in two places: a node in which it is not is not let in,
 * and ends. Made by Akka, so it is public.
 */
public final class SameEverywhere extends JoinConfigCompatChecker {
    private static final List<String> KEYS =
            List.of("lethe.cluster.shards", "lethe.store.keyspace", "lethe.store.due-slices");

    @Override
    public Seq<String> requiredKeys() {
        return sequence(KEYS);
    }

    @Override
    public ConfigValidation check(Config joining, Config cluster) {
        List<String> different = KEYS.stream()
                .filter(key -> !joining.hasPath(key) || !joining.getString(key).equals(cluster.getString(key)))
                .map(key -> key + " is not what it is on the other nodes")
                .toList();
        return different.isEmpty() ? Valid.getInstance() : new Invalid(sequence(different));
    }

    private static Seq<String> sequence(List<String> list) {
        return CollectionConverters.asScala(list).toSeq();
    }
}
