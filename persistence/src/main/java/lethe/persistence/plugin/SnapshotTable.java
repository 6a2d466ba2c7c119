package lethe.persistence.plugin;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.serialization.Serialization;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Write;

/**
 * Snapshots of entities that are not fenced, as Akka serializes them: several for each entity, until it deletes them.
 */
final class SnapshotTable {

    private final Database database;
    private final Serialization serialization;
    private final PreparedStatement insert;
    private final PreparedStatement list;
    private final PreparedStatement select;
    private final PreparedStatement delete;

    private SnapshotTable(Database database, Serialization serialization, List<PreparedStatement> prepared) {
        this.database = database;
        this.serialization = serialization;
        this.insert = prepared.get(0);
        this.list = prepared.get(1);
        this.select = prepared.get(2);
        this.delete = prepared.get(3);
    }

    static CompletionStage<SnapshotTable> prepare(Database database, Serialization serialization) {
        return database.prepareAll(List.of(
                        "INSERT INTO %ssnapshot (pid, sequence, taken_at, serializer, manifest, payload)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        "SELECT sequence, taken_at FROM %ssnapshot WHERE pid = ? AND sequence >= ? AND sequence <= ?",
                        "SELECT serializer, manifest, payload FROM %ssnapshot WHERE pid = ? AND sequence = ?",
                        "DELETE FROM %ssnapshot WHERE pid = ? AND sequence = ?"))
                .thenApply(prepared -> new SnapshotTable(database, serialization, prepared));
    }

    CompletionStage<Void> save(SnapshotMetadata metadata, Object snapshot) {
        var payload = StoredPayload.of(serialization, snapshot);
        return database.execute(insert.bind(
                        metadata.persistenceId(),
                        metadata.sequenceNr(),
                        metadata.timestamp(),
                        payload.serializer(),
                        payload.manifest(),
                        payload.bytes()))
                .thenApply(done -> null);
    }

    /** The newest that meets the criteria. */
    CompletionStage<Optional<SelectedSnapshot>> load(String pid, SnapshotSelectionCriteria criteria) {
        return matching(pid, criteria)
                .thenCompose(found ->
                        found.isEmpty() ? CompletableFuture.completedFuture(Optional.empty()) : read(found.get(0)));
    }

    CompletionStage<Void> delete(String pid, SnapshotSelectionCriteria criteria) {
        return matching(pid, criteria)
                .thenCompose(found -> database.writeInChunks(
                        found.stream().map(this::deletion).toList()));
    }

    CompletionStage<Void> delete(SnapshotMetadata metadata) {
        return database.write(List.of(deletion(metadata)));
    }

    private Write deletion(SnapshotMetadata metadata) {
        return Write.small(delete.bind(metadata.persistenceId(), metadata.sequenceNr()));
    }

    /** Newest first. */
    private CompletionStage<List<SnapshotMetadata>> matching(String pid, SnapshotSelectionCriteria criteria) {
        return database.collect(list.bind(pid, criteria.minSequenceNr(), criteria.maxSequenceNr()))
                .thenApply(rows -> rows.stream()
                        .map(row -> new SnapshotMetadata(pid, row.getLong("sequence"), row.getLong("taken_at")))
                        .filter(metadata -> metadata.timestamp() <= criteria.maxTimestamp()
                                && metadata.timestamp() >= criteria.minTimestamp())
                        .toList());
    }

    private CompletionStage<Optional<SelectedSnapshot>> read(SnapshotMetadata metadata) {
        return database.collect(select.bind(metadata.persistenceId(), metadata.sequenceNr()))
                .thenApply(rows -> rows.stream()
                        .findFirst()
                        .map(row ->
                                SelectedSnapshot.create(metadata, payload(row).read(serialization))));
    }

    private static StoredPayload payload(Row row) {
        return new StoredPayload(
                row.getInt("serializer"),
                Objects.requireNonNull(row.getString("manifest")),
                Objects.requireNonNull(row.getByteBuffer("payload")));
    }
}
