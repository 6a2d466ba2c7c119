package lethe.broker;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.broker.edge.Behind;
import lethe.broker.limit.Limits;
import lethe.broker.limit.ReportSettings;
import lethe.broker.limit.Reports;
import lethe.broker.session.Subscribers;
import lethe.broker.telemetry.Metrics;
import lethe.core.consent.Policy;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.persistence.audit.Lifetimes;
import lethe.persistence.audit.RetentionAuditor;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.due.DueIndex;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.plugin.LetheStore;
import org.awaitility.Awaitility;

/** A whole node but for its doors, in a cluster of its own. */
public final class TestNode implements AutoCloseable {
    private final Node node;

    private TestNode(Node node) {
        this.node = node;
    }

    /**
     * Starts a node on the shared Cassandra.
     *
     * @param keyspace two nodes on the same one are two clusters that do not know of each other
     * @param data with the identity key; the same for both of them
     * @param settings single keys
     */
    public static TestNode start(String keyspace, Path data, Map<String, String> settings) {
        try {
            Node node = Node.start(configuration(keyspace, data, settings), Clock.tickMillis(ZoneOffset.UTC))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            Readiness.of(node).reached().toCompletableFuture().get(60, TimeUnit.SECONDS);
            return new TestNode(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the node did not start", e);
        }
    }

    /** What a broker on the shared Cassandra is started with. */
    public static Config configuration(String keyspace, Path data, Map<String, String> settings) {
        InetSocketAddress cassandra = SharedCassandra.get().address();
        Map<String, String> single = new HashMap<>();
        single.put("lethe.data", data.toString());
        single.put("lethe.store.contact-points.0", cassandra.getHostString() + ":" + cassandra.getPort());
        single.put("lethe.store.keyspace", keyspace);
        single.put("lethe.registration.open", "on");
        single.put("lethe.sweep.every", "200 ms");
        single.put("akka.coordinated-shutdown.run-by-actor-system-terminate", "off");
        single.putAll(settings);
        return Configuration.of(single, Optional.empty());
    }

    public ActorSystem<?> system() {
        return node.system();
    }

    public Subscribers subscribers() {
        return node.subscribers();
    }

    public Behind behind() {
        return node.behind();
    }

    /** What the node's own audit counted last. */
    public Optional<RetentionReport> lastAudit() {
        return node.lastAudit().report();
    }

    /** The numbers that it tells operators. */
    public Metrics metrics() {
        return node.metrics();
    }

    /** Counts what is stored, now. */
    public CompletionStage<RetentionReport> audit() {
        LetheStore store = LetheStore.get(node.system());
        return store.auditor(
                        Lifetimes.of(store.settings(), node.settings().terms().lifetime()))
                .thenCompose(RetentionAuditor::audit);
    }

    /** As a node has them that is not told otherwise; none exhausted. */
    public static Limits limits() {
        return Limits.from(Configuration.of(Map.of(), Optional.empty()));
    }

    /** Nobody was reported. */
    public static Reports reports() {
        return new Reports(new ReportSettings(5, Duration.ofDays(1), 6), Clock.systemUTC());
    }

    /** How often each limit was exhausted. */
    public Limits limitsInForce() {
        return node.limits();
    }

    /** The policy that comes with Lethe, which every node has that is not told otherwise. */
    public static Policy defaultPolicy() {
        return PolicyText.of(1, Path.of("")).policy();
    }

    public Policy policy() {
        return node.policy().policy();
    }

    /** As an operator raises it; with what is wrong, if anything is. */
    public Optional<Problem> raise(Bodies.PolicyInForce offered) {
        return node.raise()
                .offer(offered)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Ends the node as a crash would: no shard moves, nobody stores anything. */
    public void crash() {
        node.system().terminate();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        node.system().getWhenTerminated().toCompletableFuture().isDone());
    }

    /** Ends the node as an operator does. */
    public void stop() {
        node.stop();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        node.system().getWhenTerminated().toCompletableFuture().isDone());
    }

    /** Waits until the sweep has dealt with everything that is due. */
    public void awaitNothingDue() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            DueIndex index =
                    LetheStore.get(node.system()).due().toCompletableFuture().get(10, TimeUnit.SECONDS);
            for (int slice = 0; slice < index.slices(); slice++) {
                if (!index.scan(slice, Instant.now(), 1)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        crash();
    }
}
