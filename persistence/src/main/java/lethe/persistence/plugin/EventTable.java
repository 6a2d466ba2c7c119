package lethe.persistence.plugin;

import akka.actor.ActorRef;
import akka.persistence.PersistentRepr;
import akka.serialization.Serialization;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Write;

/** The journal of entities that are not fenced: events as Akka serializes them, one partition per entity. */
final class EventTable {

    private static final int PAGE = 500;

    private final Database database;
    private final Serialization serialization;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement highest;
    private final PreparedStatement delete;
    private final PreparedStatement deletedTo;

    private EventTable(Database database, Serialization serialization, List<PreparedStatement> prepared) {
        this.database = database;
        this.serialization = serialization;
        this.insert = prepared.get(0);
        this.select = prepared.get(1);
        this.highest = prepared.get(2);
        this.delete = prepared.get(3);
        this.deletedTo = prepared.get(4);
    }

    static CompletionStage<EventTable> prepare(Database database, Serialization serialization) {
        return database.prepareAll(List.of(
                        "INSERT INTO %sjournal (pid, sequence, writer, written_at, event_manifest, serializer, manifest,"
                                + " payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        "SELECT sequence, writer, written_at, event_manifest, serializer, manifest, payload"
                                + " FROM %sjournal WHERE pid = ? AND sequence >= ? AND sequence <= ? LIMIT ?",
                        "SELECT sequence, deleted_to FROM %sjournal WHERE pid = ? ORDER BY sequence DESC LIMIT 1",
                        "DELETE FROM %sjournal WHERE pid = ? AND sequence <= ?",
                        "INSERT INTO %sjournal (pid, deleted_to) VALUES (?, ?)"))
                .thenApply(prepared -> new EventTable(database, serialization, prepared));
    }

    /** The write of one event. Fails at once when Akka cannot serialize it. */
    Write insertion(PersistentRepr event) {
        var payload = StoredPayload.of(serialization, event.payload());
        var statement = insert.bind(
                event.persistenceId(),
                event.sequenceNr(),
                event.writerUuid(),
                event.timestamp(),
                event.manifest(),
                payload.serializer(),
                payload.manifest(),
                payload.bytes());
        return new Write(statement, Write.OVERHEAD + payload.bytes().remaining());
    }

    CompletionStage<Void> write(List<Write> events) {
        return database.write(events);
    }

    CompletionStage<Void> replay(String pid, long from, long to, long max, Consumer<PersistentRepr> replayed) {
        if (max <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        var limit = (int) Math.min(max, Integer.MAX_VALUE);
        return database.collect(select.bind(pid, from, to, limit).setPageSize(PAGE))
                .thenAccept(rows -> rows.forEach(row -> replayed.accept(event(pid, row))));
    }

    /** Of all that was ever written, deleted or not. */
    CompletionStage<Long> highestSequence(String pid) {
        return database.collect(highest.bind(pid))
                .thenApply(rows -> rows.stream()
                        .flatMapToLong(row -> LongStream.of(longOf(row, "sequence"), longOf(row, "deleted_to")))
                        .max()
                        .orElse(0));
    }

    CompletionStage<Void> deleteTo(String pid, long sequence) {
        return highestSequence(pid).thenCompose(highestWritten -> {
            var last = Math.min(sequence, highestWritten);
            return database.write(List.of(Write.small(deletedTo.bind(pid, last)), Write.small(delete.bind(pid, last))));
        });
    }

    private PersistentRepr event(String pid, Row row) {
        var payload = new StoredPayload(
                row.getInt("serializer"),
                Objects.requireNonNull(row.getString("manifest")),
                Objects.requireNonNull(row.getByteBuffer("payload")));
        return PersistentRepr.apply(
                        payload.read(serialization),
                        row.getLong("sequence"),
                        pid,
                        Objects.requireNonNull(row.getString("event_manifest")),
                        false,
                        ActorRef.noSender(),
                        Objects.requireNonNull(row.getString("writer")))
                .withTimestamp(row.getLong("written_at"));
    }

    private static long longOf(Row row, String column) {
        return row.isNull(column) ? 0 : row.getLong(column);
    }
}
