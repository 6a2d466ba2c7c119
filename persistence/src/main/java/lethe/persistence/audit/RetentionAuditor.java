package lethe.persistence.audit;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.row.RowKind;

/**
 * Reads all tables that hold something of a subscriber, and counts.
 *
 * <p>The two tables that have a partition for each subscriber are read in ranges of tokens, each range of both at the
 * same time: so what belongs to nobody is found with no more in memory than the numbers of one range. Two ranges at a
 * time, a page of each. The store is in use meanwhile, so what looks unowned is looked at again before it counts.
 *
 * <p>Cassandra shows no row that is over its TTL. What an audit finds is a row that has none, or one that is too long.
 */
public final class RetentionAuditor {

    /** Of Cassandra's own partitioner, whose tokens are all the numbers of 64 bits. */
    private static final int RANGES = 64;

    private static final long TOKENS_OF_A_RANGE = 1L << (Long.SIZE - 6);
    private static final int AT_ONCE = 2;

    /** Rows: so few that what else the store's connection carries does not wait for them. */
    private static final int PAGE = 250;

    private final Database database;
    private final Lifetimes lifetimes;
    private final Clock clock;
    private final CassandraSettings settings;
    private final PreparedStatement numbers;
    private final PreparedStatement rows;
    private final PreparedStatement due;
    private final PreparedStatement events;
    private final PreparedStatement snapshots;
    private final PreparedStatement listed;
    private final PreparedStatement number;
    private final PreparedStatement heads;

    private RetentionAuditor(Database database, Lifetimes lifetimes, Clock clock, List<PreparedStatement> prepared) {
        this.database = database;
        this.lifetimes = lifetimes;
        this.clock = clock;
        this.settings = database.settings();
        this.numbers = prepared.get(0);
        this.rows = prepared.get(1);
        this.due = prepared.get(2);
        this.events = prepared.get(3);
        this.snapshots = prepared.get(4);
        this.listed = prepared.get(5);
        this.number = prepared.get(6);
        this.heads = prepared.get(7);
    }

    /** Fails if the tables are not there. */
    public static CompletionStage<RetentionAuditor> prepare(Database database, Lifetimes lifetimes, Clock clock) {
        return database.prepareAll(List.of(
                        "SELECT pid, born, writetime(number) AS written_at FROM %sincarnation"
                                + " WHERE token(pid) >= ? AND token(pid) <= ?",
                        "SELECT pid, kind, life, writetime(payload) AS written_at, ttl(payload) AS remaining"
                                + " FROM %ssubscriber WHERE token(pid) >= ? AND token(pid) <= ?",
                        "SELECT due_at, writetime(incarnation) AS written_at, ttl(incarnation) AS remaining FROM %sdue",
                        "SELECT pid, writetime(payload) AS written_at, ttl(payload) AS remaining FROM %sjournal",
                        "SELECT pid, writetime(payload) AS written_at, ttl(payload) AS remaining FROM %ssnapshot",
                        "SELECT writetime(epoch) AS written_at, ttl(epoch) AS remaining FROM %slisted",
                        "SELECT born FROM %sincarnation WHERE pid = ?",
                        "SELECT life FROM %ssubscriber WHERE pid = ? AND kind = ?"))
                .thenApply(prepared -> new RetentionAuditor(database, lifetimes, clock, prepared));
    }

    /** Counts everything, now. */
    public CompletionStage<RetentionReport> audit() {
        var all = new Tally(lifetimes, clock.instant());
        return inTurns(all)
                .thenCompose(done -> each(due, row -> countDue(row, all)))
                .thenCompose(done -> each(events, row -> countPlain(AuditedKind.EVENT, row, all)))
                .thenCompose(done -> each(snapshots, row -> countPlain(AuditedKind.SNAPSHOT, row, all)))
                .thenCompose(done -> each(listed, row -> countListed(row, all)))
                .thenApply(done -> all.report());
    }

    private CompletionStage<Void> inTurns(Tally all) {
        var turns = new ArrayList<CompletableFuture<Tally>>();
        for (var first = 0; first < AT_ONCE; first++) {
            turns.add(everyOther(first, all.now()).toCompletableFuture());
        }
        return CompletableFuture.allOf(turns.toArray(CompletableFuture[]::new))
                .thenRun(() -> turns.forEach(turn -> all.add(turn.join())));
    }

    private CompletionStage<Tally> everyOther(int first, Instant now) {
        var tally = new Tally(lifetimes, now);
        CompletionStage<Void> counted = CompletableFuture.completedFuture(null);
        for (var range = first; range < RANGES; range += AT_ONCE) {
            var from = Long.MIN_VALUE + range * TOKENS_OF_A_RANGE;
            counted = counted.thenCompose(done -> count(from, tally));
        }
        return counted.thenApply(done -> tally);
    }

    private CompletionStage<Void> count(long from, Tally tally) {
        var upTo = from + TOKENS_OF_A_RANGE - 1;
        var found = new Partitions(tally);
        return database.each(numbers.bind(from, upTo).setPageSize(PAGE), found::number)
                .thenCompose(done -> database.each(rows.bind(from, upTo).setPageSize(PAGE), found::row))
                .thenCompose(done -> lookAgain(found.headless(), tally));
    }

    /** A life without a head may have ended since its number was read, or be about to. */
    private CompletionStage<Void> lookAgain(Map<String, Partitions.Life> headless, Tally tally) {
        CompletionStage<Void> looked = headless.values().stream().anyMatch(life -> isOld(life, tally))
                ? CompletableFuture.runAsync(() -> {}, afterAnErasure())
                : CompletableFuture.completedFuture(null);
        for (var entry : headless.entrySet()) {
            looked = looked.thenCompose(done -> lookAgain(entry.getKey(), entry.getValue(), tally));
        }
        return looked;
    }

    private static boolean isOld(Partitions.Life life, Tally tally) {
        return Lifetimes.isPast(life.writtenAt(), tally.now());
    }

    private Executor afterAnErasure() {
        return CompletableFuture.delayedExecutor(
                settings.retryWithin().toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    }

    private CompletionStage<Void> lookAgain(String pid, Partitions.Life life, Tally tally) {
        if (!isOld(life, tally)) {
            tally.countUnowned(AuditedKind.NUMBER, life.writtenAt(), false);
            return CompletableFuture.completedFuture(null);
        }
        return isOfLife(heads.bind(pid, RowKind.HEAD.code()), "life", life)
                .thenCombine(isOfLife(number.bind(pid), "born", life), (hasHead, lives) -> {
                    if (hasHead) {
                        tally.count(AuditedKind.NUMBER, life.writtenAt(), false);
                    } else if (lives) {
                        tally.countUnowned(AuditedKind.NUMBER, life.writtenAt(), false);
                    }
                    return null;
                });
    }

    private CompletionStage<Boolean> isOfLife(BoundStatement query, String column, Partitions.Life life) {
        return database.collect(query)
                .thenApply(found -> found.stream().anyMatch(row -> row.getLong(column) == life.born()));
    }

    private CompletionStage<Void> each(PreparedStatement query, Consumer<Row> use) {
        return database.each(query.bind().setPageSize(PAGE), use);
    }

    private static void countDue(Row row, Tally all) {
        var at = Objects.requireNonNull(row.getInstant("due_at"));
        all.countUntil(AuditedKind.ENTRY, at, Partitions.writtenAt(row), Partitions.ends(row));
    }

    private static void countListed(Row row, Tally all) {
        all.count(AuditedKind.LISTED, Partitions.writtenAt(row), Partitions.ends(row));
    }

    /** Entities that are not fenced are nobody's subscription. */
    private void countPlain(AuditedKind kind, Row row, Tally all) {
        if (settings.isFenced(Partitions.pid(row))) {
            all.count(kind, Partitions.writtenAt(row), Partitions.ends(row));
        }
    }
}
