package lethe.cluster;

import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import akka.management.javadsl.AkkaManagement;
import java.util.concurrent.CompletionStage;

/** How a node that has just started becomes a member of its cluster. */
public final class Joining {
    private Joining() {}

    /**
     * Begins to join, as {@code lethe.cluster.meet} says. Unless the node is alone, this opens the port where others
     * ask which cluster it is in; a node that cannot, ends.
     *
     * @param system with a configuration by {@link ClusterSettings#resolve}
     */
    public static void begin(ActorSystem<?> system, Meeting meeting) {
        if (meeting instanceof Meeting.Alone) {
            Cluster cluster = Cluster.get(system);
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else {
            meetOthers(system);
        }
    }

    private static void meetOthers(ActorSystem<?> system) {
        CompletionStage<?> port = AkkaManagement.get(system).start();
        port.whenComplete((open, failure) -> {
            if (failure != null) {
                system.log().error("the port lethe.cluster.bootstrap-port cannot be opened: this node ends", failure);
                system.terminate();
            }
        });
        ClusterBootstrap.get(system).start();
    }
}
