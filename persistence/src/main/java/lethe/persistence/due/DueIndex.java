package lethe.persistence.due;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Write;

/**
 * The table of what is due when, in buckets of time and slices of subscribers.
 *
 * <p>A subscriber of whose envelopes some wait has an entry, at the time when the first of them is due or before. It is
 * written before the envelopes and deleted after them; one without envelopes is the rest of a crash, and whoever looks
 * deletes it. A subscriber that is woken at its entry's time stores another for what still waits, and answers then. A
 * sweep looks at every slice again and again: {@link #scan}, wake the subscribers found, {@link #advance} when none is
 * left. Entries are found until they are deleted, also those that fell due while nobody looked.
 */
public final class DueIndex {

    private static final long MICROS_PER_MILLI = 1000;

    private final Database database;
    private final CassandraSettings settings;
    private final Clock clock;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement scan;
    private final PreparedStatement progress;
    private final PreparedStatement advance;
    private final PreparedStatement partitions;

    private DueIndex(Database database, Clock clock, List<PreparedStatement> prepared) {
        this.database = database;
        this.settings = database.settings();
        this.clock = clock;
        this.insert = prepared.get(0);
        this.delete = prepared.get(1);
        this.scan = prepared.get(2);
        this.progress = prepared.get(3);
        this.advance = prepared.get(4);
        this.partitions = prepared.get(5);
    }

    public static CompletionStage<DueIndex> prepare(Database database, Clock clock) {
        return database.prepareAll(List.of(
                        "INSERT INTO %sdue (bucket, slice, due_at, pid, incarnation)"
                                + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?",
                        "DELETE FROM %sdue USING TIMESTAMP ?"
                                + " WHERE bucket = ? AND slice = ? AND due_at = ? AND pid = ?",
                        "SELECT due_at, pid, writetime(incarnation) AS written_at FROM %sdue"
                                + " WHERE bucket = ? AND slice = ? AND due_at <= ? LIMIT ?",
                        "SELECT until FROM %sdue_progress WHERE slice = ?",
                        "INSERT INTO %sdue_progress (slice, until) VALUES (?, ?)",
                        "SELECT DISTINCT bucket, slice FROM %sdue"))
                .thenApply(prepared -> new DueIndex(database, clock, prepared));
    }

    /** How many slices there are, numbered from 0. */
    public int slices() {
        return settings.dueSlices();
    }

    /**
     * What is due in a slice and not yet deleted, the oldest bucket first.
     *
     * @param limit bound of what is returned
     */
    public CompletionStage<List<DueEntry>> scan(int slice, Instant now, int limit) {
        return progress(slice).thenCompose(until -> scan(slice, until, now, limit));
    }

    /** As the other, by somebody who remembers the progress. */
    public CompletionStage<List<DueEntry>> scan(int slice, Instant progress, Instant now, int limit) {
        // One bucket back: an entry may be written a moment after its time.
        return scanFrom(bucket(progress) - 1, slice, now, limit, new ArrayList<>());
    }

    /**
     * Up to when everything in a slice was found dealt with. When nobody has looked yet, the time of its first bucket,
     * or now if it has none: not as far back as entries live, for that would be ten thousand empty buckets to look at.
     */
    public CompletionStage<Instant> progress(int slice) {
        return database.execute(progress.bind(slice))
                .thenCompose(result -> Optional.ofNullable(result.one())
                        .<CompletionStage<Instant>>map(row -> CompletableFuture.completedFuture(instant(row, "until")))
                        .orElseGet(() -> beginning(slice)));
    }

    /**
     * How far all slices have come.
     *
     * @param least up to when everything in all of them was found dealt with
     * @param latest of the one that has come furthest
     */
    public record Progress(Instant least, Instant latest) {
        private Progress with(Progress other) {
            return new Progress(
                    least.isBefore(other.least) ? least : other.least,
                    latest.isAfter(other.latest) ? latest : other.latest);
        }
    }

    /** How far all slices have come, as the store says. */
    public CompletionStage<Progress> progress() {
        return IntStream.range(0, slices())
                .mapToObj(slice -> progress(slice).thenApply(until -> new Progress(until, until)))
                .reduce((one, other) -> one.thenCombine(other, Progress::with))
                .orElseThrow();
    }

    private CompletionStage<Instant> beginning(int slice) {
        return database.collect(partitions.bind())
                .thenApply(rows -> rows.stream()
                        .filter(row -> row.getInt("slice") == slice)
                        .map(row -> start(row.getLong("bucket")))
                        .min(Comparator.naturalOrder())
                        .orElseGet(clock::instant));
    }

    /** Says that nothing is left in a slice that was due until then. */
    public CompletionStage<Void> advance(int slice, Instant until) {
        return database.execute(advance.bind(slice, until)).thenApply(done -> null);
    }

    /** Deletes an entry as it was found. */
    public CompletionStage<Void> delete(DueEntry entry) {
        return delete(List.of(entry), Math.max(clock.millis() * MICROS_PER_MILLI, entry.writtenAt() + 1));
    }

    /** Deletes entries with one timestamp in microseconds. */
    public CompletionStage<Void> delete(List<DueEntry> entries, long timestamp) {
        return inTheirPartitions(entries, entry -> deletion(entry, timestamp));
    }

    /** Writes entries, each with its own timestamp. The incarnation tells nobody anything: it carries the timestamp. */
    public CompletionStage<Void> add(List<DueEntry> entries, long incarnation) {
        return inTheirPartitions(entries, entry -> insertion(entry, incarnation));
    }

    private CompletionStage<Void> inTheirPartitions(List<DueEntry> entries, Function<DueEntry, Write> write) {
        var partitions = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> List.of(bucket(entry.at()), slice(entry.persistenceId())),
                        Collectors.mapping(write, Collectors.toList())));
        return CompletableFuture.allOf(partitions.values().stream()
                .map(writes -> database.writeInChunks(writes).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private Write insertion(DueEntry entry, long incarnation) {
        return Write.small(insert.bind(
                bucket(entry.at()),
                slice(entry.persistenceId()),
                entry.at(),
                entry.persistenceId(),
                incarnation,
                entry.writtenAt(),
                Math.toIntExact(settings.retention().toSeconds())));
    }

    private Write deletion(DueEntry entry, long timestamp) {
        return Write.small(delete.bind(
                timestamp, bucket(entry.at()), slice(entry.persistenceId()), entry.at(), entry.persistenceId()));
    }

    /** The slice of a subscriber. */
    public int slice(String pid) {
        return Math.floorMod(pid.hashCode(), settings.dueSlices());
    }

    private CompletionStage<List<DueEntry>> scanFrom(
            long bucket, int slice, Instant now, int limit, List<DueEntry> found) {
        if (bucket > bucket(now) || found.size() >= limit) {
            return CompletableFuture.completedFuture(List.copyOf(found));
        }
        return database.collect(scan.bind(bucket, slice, now, limit - found.size()))
                .thenCompose(rows -> {
                    rows.forEach(row -> found.add(entry(row)));
                    return scanFrom(bucket + 1, slice, now, limit, found);
                });
    }

    private Instant start(long bucket) {
        return Instant.ofEpochSecond(bucket * settings.dueBucket().toSeconds());
    }

    private long bucket(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), settings.dueBucket().toSeconds());
    }

    private static DueEntry entry(Row row) {
        return new DueEntry(
                Objects.requireNonNull(row.getString("pid")), instant(row, "due_at"), row.getLong("written_at"));
    }

    private static Instant instant(Row row, String column) {
        return Objects.requireNonNull(row.getInstant(column));
    }
}
