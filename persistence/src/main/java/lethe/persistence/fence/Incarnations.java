package lethe.persistence.fence;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.persistence.cassandra.Database;

/**
 * The table of numbers: which incarnation of an entity is the current one. Lightweight transactions and serial reads.
 */
final class Incarnations {

    private final Database database;
    private final Clock clock;
    private final ConsistencyLevel serial;
    private final PreparedStatement begin;
    private final PreparedStatement claim;
    private final PreparedStatement current;
    private final PreparedStatement retire;

    private Incarnations(Database database, Clock clock, List<PreparedStatement> prepared) {
        this.database = database;
        this.clock = clock;
        this.serial = database.settings().serialConsistency();
        this.begin = prepared.get(0);
        this.claim = prepared.get(1);
        this.current = prepared.get(2);
        this.retire = prepared.get(3);
    }

    static CompletionStage<Incarnations> prepare(Database database, Clock clock) {
        return database.prepareAll(List.of(
                        "INSERT INTO %sincarnation (pid, born, number) VALUES (?, ?, ?) IF NOT EXISTS",
                        "UPDATE %sincarnation SET number = ? WHERE pid = ? IF number = ?",
                        "SELECT number, born FROM %sincarnation WHERE pid = ?",
                        "DELETE FROM %sincarnation WHERE pid = ? IF number = ?"))
                .thenApply(prepared -> new Incarnations(database, clock, prepared));
    }

    /** Takes the first number of a new life; empty when the entity has one already. */
    CompletionStage<OptionalLong> begin(String pid) {
        var number = clock.millis();
        return database.execute(begin.bind(pid, number, number).setIdempotent(false))
                .thenApply(result -> result.wasApplied() ? OptionalLong.of(number) : OptionalLong.empty());
    }

    /** Takes a number above the current one; empty, and nothing claimed, when the entity has none. */
    CompletionStage<Optional<Claimed>> claim(String pid) {
        return database.execute(current.bind(pid).setConsistencyLevel(serial))
                .thenCompose(result -> Optional.ofNullable(result.one())
                        .map(row -> claim(pid, row.getLong("number"), row.getLong("born")))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    /** Whoever is faster takes the number; the slower one looks again. */
    private CompletionStage<Optional<Claimed>> claim(String pid, long predecessor, long born) {
        // A node with a faster clock, or one within the same millisecond, may have been here before.
        var number = Math.max(predecessor + 1, clock.millis());
        return database.execute(claim.bind(number, pid, predecessor).setIdempotent(false))
                .thenCompose(result -> result.wasApplied()
                        ? CompletableFuture.completedFuture(Optional.of(new Claimed(number, predecessor, born)))
                        : claim(pid));
    }

    /**
     * A number that was taken.
     *
     * @param number taken
     * @param predecessor whose number it replaced
     * @param born the number with which the present life began
     */
    record Claimed(long number, long predecessor, long born) {}

    /** Whether no later incarnation has claimed the entity. Ordered with all claims: the fence. */
    CompletionStage<Boolean> isCurrent(String pid, long number) {
        return database.execute(current.bind(pid).setConsistencyLevel(serial))
                .thenApply(result -> Optional.ofNullable(result.one())
                        .filter(row -> row.getLong("number") == number)
                        .isPresent());
    }

    /** Ends the life, if this incarnation still is the current one. */
    CompletionStage<Void> retire(String pid, long number) {
        return database.execute(retire.bind(pid, number).setIdempotent(false)).thenApply(result -> null);
    }
}
