package lethe.broker.subscriber;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * A snapshot store that confirms a write when it is told to, so that a test can say what comes meanwhile. Keeps
 * nothing. One for all actor systems, because Akka makes the plugin.
 */
final class HandDrivenStore extends SnapshotStore {
    private static final Queue<CompletableFuture<Void>> UNCONFIRMED = new ArrayDeque<>();
    private static boolean atOnce = true;
    private static int writes;

    /** From now on every write is confirmed at once; earlier ones never are. */
    static synchronized void reset() {
        atOnce = true;
        UNCONFIRMED.clear();
    }

    /** From now on writes wait for {@link #confirm}. */
    static synchronized void confirmWhenTold() {
        atOnce = false;
    }

    /** Whether a write waits to be confirmed. */
    static synchronized boolean isWriting() {
        return !UNCONFIRMED.isEmpty();
    }

    /** Confirms the oldest write that waits. */
    static synchronized void confirm() {
        UNCONFIRMED.remove().complete(null);
    }

    /** How many writes have been begun. */
    static synchronized int writes() {
        return writes;
    }

    private static synchronized CompletableFuture<Void> begin() {
        writes++;
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        if (atOnce) {
            confirmed.complete(null);
        } else {
            UNCONFIRMED.add(confirmed);
        }
        return confirmed;
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return FutureConverters.asScala(begin());
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(null));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(null));
    }
}
