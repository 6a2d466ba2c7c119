package lethe.cluster;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** How a node meets the others: {@code lethe.cluster.meet}. */
public sealed interface Meeting {
    /** It is a cluster of its own. */
    record Alone() implements Meeting {}

    /**
     * By a list that all nodes have. A cluster begins when every node on it answers and none is in one yet; later a
     * node joins by any of them.
     *
     * @param points at least one, none of them twice
     */
    record Seeds(List<ContactPoint> points) implements Meeting {
        public Seeds {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("lethe.cluster.seeds is empty, and lethe.cluster.meet is seeds");
            }
            if (new HashSet<>(points).size() != points.size()) {
                throw new IllegalArgumentException("lethe.cluster.seeds names a node twice");
            }
        }
    }

    /**
     * By the pods that the Kubernetes API lists in this pod's namespace. A cluster begins when so many are there, and
     * every one that is there answers and is in none yet.
     *
     * @param selector labels of brokers' pods
     * @param required more than half of the nodes with which it begins; at least 1
     */
    record Kubernetes(String selector, int required) implements Meeting {
        public Kubernetes {
            if (!selector.matches("[\\w./-]+=[\\w.-]+(,[\\w./-]+=[\\w.-]+)*")) {
                throw new IllegalArgumentException("lethe.cluster.kubernetes.selector is not name=value: " + selector);
            }
            if (required < 1) {
                throw new IllegalArgumentException("lethe.cluster.kubernetes.required is below 1: " + required);
            }
        }
    }

    /** Reads {@code lethe.cluster}. */
    static Meeting from(Config cluster) {
        String word = cluster.getString("meet");
        return switch (word) {
            case "self" -> new Alone();
            case "seeds" -> new Seeds(points(cluster.getStringList("seeds")));
            case "kubernetes" ->
                new Kubernetes(cluster.getString("kubernetes.selector"), cluster.getInt("kubernetes.required"));
            default ->
                throw new IllegalArgumentException("lethe.cluster.meet is none of self, seeds and kubernetes: " + word);
        };
    }

    private static List<ContactPoint> points(List<String> texts) {
        List<ContactPoint> points = new ArrayList<>();
        for (String text : texts) {
            points.add(ContactPoint.of(text)
                    .orElseThrow(() ->
                            new IllegalArgumentException("lethe.cluster.seeds is not a list of host:port: " + text)));
        }
        return points;
    }
}
