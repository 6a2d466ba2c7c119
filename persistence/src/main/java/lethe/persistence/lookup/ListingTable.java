package lethe.persistence.lookup;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.persistence.cassandra.Database;

/**
 * The table of who is listed. Whoever writes names the timestamp: of two writers the one that learned later of the
 * subscriber must win, whenever its statement arrives.
 */
public final class ListingTable {
    /** A row goes after this time, unless it is written again: so none stays that nobody answers for. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private static final int SLICES = 256;
    private static final int PAGE = 5_000;

    private final Database database;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement all;
    private final PreparedStatement since;

    private ListingTable(Database database, List<PreparedStatement> prepared) {
        this.database = database;
        this.insert = prepared.get(0);
        this.delete = prepared.get(1);
        this.all = prepared.get(2);
        this.since = prepared.get(3);
    }

    /** Fails if the table is not there. */
    public static CompletionStage<ListingTable> prepare(Database database) {
        return database.prepareAll(List.of(
                        "INSERT INTO %slisted (slice, entry, epoch, since) VALUES (?, ?, ?, ?)"
                                + " USING TIMESTAMP ? AND TTL ?",
                        "DELETE FROM %slisted USING TIMESTAMP ? WHERE slice = ? AND entry = ?",
                        "SELECT entry, epoch FROM %slisted WHERE slice = ?",
                        "SELECT entry, epoch FROM %slisted WHERE slice = ? AND since >= ? ALLOW FILTERING"))
                .thenApply(prepared -> new ListingTable(database, prepared));
    }

    /**
     * Lists a tag, or lists it for longer.
     *
     * @param epoch the policy epoch that its subscriber agreed to
     * @param timestamp microseconds; at the same timestamp the later end of two rows wins, and a deletion over both
     */
    public CompletionStage<Void> put(Listing listing, long epoch, long timestamp) {
        return done(insert.bind(
                slice(listing.entry()),
                listing.entry().bits(),
                epoch,
                listing.since(),
                timestamp,
                Math.toIntExact(LIFETIME.toSeconds())));
    }

    /** Lists a tag no longer, whatever was written up to the timestamp. */
    public CompletionStage<Void> delete(ListedTag entry, long timestamp) {
        return done(delete.bind(timestamp, slice(entry), entry.bits()));
    }

    /** Gives everybody who is listed under a policy epoch or a later one to somebody, ascending. */
    public CompletionStage<Void> each(long epoch, LongConsumer use) {
        return each(all::bind, epoch, use);
    }

    /** As the other, but only those who have been listed since a time. */
    public CompletionStage<Void> each(long epoch, Instant from, LongConsumer use) {
        return each(slice -> since.bind(slice, from), epoch, use);
    }

    private CompletionStage<Void> each(IntFunction<BoundStatement> query, long epoch, LongConsumer use) {
        CompletionStage<Void> given = CompletableFuture.completedFuture(null);
        for (var slice = 0; slice < SLICES; slice++) {
            var statement = query.apply(slice).setPageSize(PAGE);
            given = given.thenCompose(done -> database.each(statement, row -> give(row, epoch, use)));
        }
        return given;
    }

    private static void give(Row row, long epoch, LongConsumer use) {
        if (row.getLong("epoch") >= epoch) {
            use.accept(row.getLong("entry"));
        }
    }

    private CompletionStage<Void> done(BoundStatement statement) {
        return database.execute(statement).thenApply(done -> null);
    }

    private static int slice(ListedTag entry) {
        return (int) (entry.bits() >>> (Long.SIZE - Byte.SIZE));
    }
}
