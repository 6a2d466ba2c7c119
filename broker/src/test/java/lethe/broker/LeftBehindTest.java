package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node knows why it ended. */
class LeftBehindTest {
    @TempDir
    private Path data;

    @Test
    void isANodeThatItsClusterGoesOnWithout() throws Exception {
        Node node = start("left_behind");
        Cluster cluster = Cluster.get(node.system());

        cluster.manager().tell(new Down(cluster.selfMember().address()));

        node.system().getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(node.wasLeftBehind()).isTrue();
    }

    @Test
    void isNoneThatWasToldToStop() throws Exception {
        Node node = start("not_left_behind");

        node.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);

        node.system().getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(node.wasLeftBehind()).isFalse();
    }

    private Node start(String keyspace) throws Exception {
        Node node = Node.start(TestNode.configuration(keyspace, data, Map.of()), Clock.systemUTC())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        Readiness.of(node).reached().toCompletableFuture().get(60, TimeUnit.SECONDS);
        return node;
    }
}
