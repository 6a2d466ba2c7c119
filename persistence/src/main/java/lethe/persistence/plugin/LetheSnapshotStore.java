package lethe.persistence.plugin;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.subscriber.SubscriberState;
import lethe.persistence.fence.Loaded;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's snapshot store on Cassandra.
 *
 * <p>Of a fenced entity it stores what changed since the last snapshot, and answers only when that provably happened
 * under the current incarnation. There is one snapshot of it, the present state; selection criteria and deletions do
 * not apply.
 */
public final class LetheSnapshotStore extends SnapshotStore {

    private final LetheStore store = LetheStore.get(context().system());

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(
                store.settings().isFenced(persistenceId)
                        ? store.fenced(fenced -> fenced.load(persistenceId))
                                .thenApply(found -> found.map(loaded -> selected(persistenceId, loaded)))
                        : store.snapshots(snapshots -> snapshots.load(persistenceId, criteria)));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return FutureConverters.asScala(
                store.settings().isFenced(metadata.persistenceId())
                        ? saveChanges(metadata, (SubscriberState) snapshot)
                        : store.snapshots(snapshots -> snapshots.save(metadata, snapshot)));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return FutureConverters.asScala(
                store.settings().isFenced(metadata.persistenceId())
                        ? CompletableFuture.completedFuture(null)
                        : store.snapshots(snapshots -> snapshots.delete(metadata)));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(
                store.settings().isFenced(persistenceId)
                        ? CompletableFuture.completedFuture(null)
                        : store.snapshots(snapshots -> snapshots.delete(persistenceId, criteria)));
    }

    private CompletionStage<Void> saveChanges(SnapshotMetadata metadata, SubscriberState state) {
        var takenAt = Instant.ofEpochMilli(metadata.timestamp());
        return store.fenced(fenced -> fenced.save(metadata.persistenceId(), metadata.sequenceNr(), takenAt, state));
    }

    private static SelectedSnapshot selected(String persistenceId, Loaded loaded) {
        var metadata = new SnapshotMetadata(
                persistenceId, loaded.sequence(), loaded.takenAt().toEpochMilli());
        return SelectedSnapshot.create(metadata, loaded.state());
    }
}
