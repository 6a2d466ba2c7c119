package lethe.broker;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.edge.AdminEdge;
import lethe.broker.edge.EdgeSettings;
import lethe.broker.edge.HttpEdge;
import lethe.broker.edge.OperatorPages;
import lethe.broker.telemetry.EdgeMeters;
import lethe.persistence.audit.RetentionReport;

/**
 * A broker with its doors open: a node, the port for phones, the port for operators.
 *
 * <p>Stops in order when it is told to or when the JVM ends: no new phones, then the phones that are there are sent
 * away, then subscribers store what waits and the node leaves.
 */
final class Broker {
    private final Node node;
    private final HttpEdge edge;
    private final AdminEdge admin;
    private final boolean tls;

    private Broker(Node node, HttpEdge edge, AdminEdge admin, boolean tls) {
        this.node = node;
        this.edge = edge;
        this.admin = admin;
        this.tls = tls;
    }

    /**
     * Starts a broker. The stage completes when it can serve phones.
     *
     * @throws IOException if the identity key cannot be read or made
     * @throws IllegalArgumentException naming a setting that is out of bounds
     */
    static CompletionStage<Broker> start(Config config, Clock clock) throws IOException {
        FastSignatures.install();
        EdgeSettings settings = EdgeSettings.from(config.getConfig("lethe"));
        return Node.start(config, clock).thenCompose(node -> {
            Readiness readiness = Readiness.of(node);
            return readiness.reached().thenCompose(ready -> open(node, settings, readiness));
        });
    }

    private static CompletionStage<Broker> open(Node node, EdgeSettings settings, Readiness readiness) {
        OperatorPages pages = new OperatorPages(
                readiness::isReady,
                () -> node.lastAudit().report().map(RetentionReport::toJson),
                node.limits(),
                node.metrics()::text);
        return HttpEdge.start(node.system(), settings, node.behind())
                .thenCombine(AdminEdge.start(node.system(), settings, pages, node.operatorPolicy()), (edge, admin) -> {
                    node.metrics().add(new EdgeMeters(edge::connections));
                    return new Broker(node, edge, admin, settings.tls().isOn()).closingInOrder();
                });
    }

    private Broker closingInOrder() {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(node.system());
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceUnbind(),
                "turn new phones away",
                () -> edge.unbind().thenApply(unbound -> Done.getInstance()));
        // By then the subscribers have stopped, and each has sent its phones away with 1012: come back.
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "cut what is still connected", () -> {
            edge.cut();
            return CompletableFuture.completedFuture(Done.getInstance());
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceStop(),
                "close the operators' port",
                () -> admin.close().thenApply(closed -> Done.getInstance()));
        return this;
    }

    /** How phones are to connect: {@code http} or {@code https}. */
    String scheme() {
        return tls ? "https" : "http";
    }

    InetSocketAddress address() {
        return edge.address();
    }

    InetSocketAddress adminAddress() {
        return admin.address();
    }

    /** Stops in order. The stage completes when everything has. */
    CompletionStage<Done> stop() {
        return node.stop();
    }

    /** Completes when the broker has stopped, for whatever reason. */
    CompletionStage<Done> stopped() {
        return node.system().getWhenTerminated();
    }

    /** Whether it stopped because its cluster goes on without it, or did not let it in: it may be started anew. */
    boolean wasLeftBehind() {
        return node.wasLeftBehind();
    }
}
