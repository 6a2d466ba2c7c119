package lethe.broker;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.persistence.plugin.LetheStore;

/**
 * Whether phones should be sent to a node: it is up, its shards are placed and the store answers. Found out at the
 * start by asking for a subscriber that nobody is, which takes the whole way and leaves nothing behind; and from then
 * on by asking the store itself, for nobody stays in memory for a while.
 */
final class Readiness {
    private static final Tag NOBODY = new Tag(Opaque.wrap(new byte[Tag.LENGTH]));
    private static final Device NOTHING = new Device(
            new DeviceId(Opaque.wrap(new byte[DeviceId.LENGTH])),
            new DeviceKey(Opaque.wrap(new byte[DeviceKey.LENGTH])));
    private static final int ATTEMPTS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Node node;

    private Readiness(Node node) {
        this.node = node;
    }

    static Readiness of(Node node) {
        return new Readiness(node);
    }

    /** Completes when the node is ready; fails when that takes minutes. */
    CompletionStage<Done> reached() {
        Callable<CompletionStage<Done>> attempt = this::askForNobody;
        return Patterns.retry(attempt, ATTEMPTS, PAUSE, node.system().classicSystem());
    }

    private CompletionStage<Done> askForNobody() {
        return node.subscribers()
                .<SubscriberCommand.OptInAnswer>ask(
                        node.subscribers().id(NOBODY),
                        replyTo -> new SubscriberCommand.ShowConsent(NOTHING, replyTo),
                        PATIENCE)
                .thenApply(answer -> Done.getInstance());
    }

    /** Whether the node is a member in good standing, not on its way out, and has an answer from its store. */
    CompletionStage<Boolean> isReady() {
        boolean up = Cluster.get(node.system()).selfMember().status().equals(MemberStatus.up());
        boolean stays =
                CoordinatedShutdown.get(node.system()).getShutdownReason().isEmpty();
        return up && stays ? LetheStore.get(node.system()).answers(PATIENCE) : CompletableFuture.completedFuture(false);
    }
}
