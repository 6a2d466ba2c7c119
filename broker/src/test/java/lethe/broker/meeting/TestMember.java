package lethe.broker.meeting;

import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.remote.RARP;
import akka.remote.testkit.Blackhole$;
import akka.remote.testkit.Direction;
import akka.remote.testkit.SetThrottle;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import lethe.cluster.ClusterSettings;
import lethe.cluster.Joining;
import org.awaitility.core.ConditionFactory;
import scala.concurrent.Await;

/** A node that is nothing but a member, or would like to be one; configured as a broker is. */
final class TestMember implements AutoCloseable {
    /** A machine that stands still for a while is not taken for a crash; a cluster begins after one second. */
    private static final String PATIENT = """
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            akka.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 60 s
            akka.management.cluster.bootstrap.contact-point-discovery.stable-margin = 1 s
            """;

    private final ActorSystem<Void> system;

    private TestMember(ActorSystem<Void> system) {
        this.system = system;
    }

    /**
     * Starts it, whatever its certificates: that is what an attacker would do.
     *
     * @param cluster of {@code lethe.cluster}
     * @param more other settings
     */
    static TestMember start(String cluster, String more) {
        Config above = ConfigFactory.parseString(more)
                .withFallback(ConfigFactory.parseString("lethe.cluster {\n" + cluster + "\n}\n" + PATIENT));
        Config config = ClusterSettings.resolve(above, ConfigFactory.defaultReferenceUnresolved());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "lethe", config);
        Joining.begin(system, ClusterSettings.from(config).meeting());
        return new TestMember(system);
    }

    /** How many members this one sees that are up. */
    long up() {
        var members = Cluster.get(system).state().getMembers().spliterator();
        return StreamSupport.stream(members, false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .count();
    }

    /** Whether anybody let it in. */
    boolean isMember() {
        return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
    }

    /** Lets nothing through between this one and another. Both need {@code akka.remote.artery.advanced.test-mode}. */
    void cutFrom(TestMember other) throws Exception {
        throttle(other);
        other.throttle(this);
    }

    private void throttle(TestMember other) throws Exception {
        var command = new SetThrottle(
                Cluster.get(other.system).selfMember().address(), Direction.Both$.MODULE$, Blackhole$.MODULE$);
        var remoting = (RARP) RARP.get(Adapter.toClassic(system));
        Await.ready(
                remoting.provider().transport().managementCommand(command),
                scala.concurrent.duration.Duration.create(10, TimeUnit.SECONDS));
    }

    /** Whether it has given up. */
    boolean hasEnded() {
        return system.getWhenTerminated().toCompletableFuture().isDone();
    }

    static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        system.terminate();
        soon().until(() -> system.getWhenTerminated().toCompletableFuture().isDone());
    }
}
