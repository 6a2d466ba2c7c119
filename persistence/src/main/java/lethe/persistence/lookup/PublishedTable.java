package lethe.persistence.lookup;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.Opaque;
import lethe.core.lookup.PublishedSet;
import lethe.persistence.cassandra.Database;

/** The table of what was published: all nodes serve the same bytes, and a restart loses none. */
public final class PublishedTable {
    private static final int PART = 256 * 1024;

    /** In place of the hour of a whole day's set. */
    private static final long WHOLE_DAY = -1;

    private final Database database;
    private final PreparedStatement insert;
    private final PreparedStatement insertPart;
    private final PreparedStatement list;
    private final PreparedStatement parts;

    private PublishedTable(Database database, List<PreparedStatement> prepared) {
        this.database = database;
        this.insert = prepared.get(0);
        this.insertPart = prepared.get(1);
        this.list = prepared.get(2);
        this.parts = prepared.get(3);
    }

    /** Fails if the tables are not there. */
    public static CompletionStage<PublishedTable> prepare(Database database) {
        return database.prepareAll(List.of(
                        "INSERT INTO %spublished (epoch, day, hour, built, count, size, hash)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?",
                        "INSERT INTO %spublished_part (hash, part, content) VALUES (?, ?, ?) USING TTL ?",
                        "SELECT day, hour, built, count, size, hash FROM %spublished WHERE epoch = ?",
                        "SELECT content FROM %spublished_part WHERE hash = ?"))
                .thenApply(prepared -> new PublishedTable(database, prepared));
    }

    /**
     * Stores a set; it is found when all of it is there.
     *
     * @param epoch the policy epoch that it is for
     * @param body what is served
     * @param lifetime from a second on
     */
    public CompletionStage<Void> put(long epoch, StoredSet stored, Opaque body, Duration lifetime) {
        var set = stored.set();
        var seconds = Math.toIntExact(lifetime.toSeconds());
        CompletionStage<?> written = CompletableFuture.completedFuture(null);
        for (var from = 0; from < body.length(); from += PART) {
            var content = ByteBuffer.wrap(body.shared(), from, Math.min(PART, body.length() - from));
            var statement = insertPart.bind(bytes(set.hash()), from / PART, content, seconds);
            written = written.thenCompose(done -> database.execute(statement));
        }
        return written.thenCompose(done -> database.execute(insert.bind(
                        epoch,
                        set.day(),
                        set.hourOfDay().orElse(WHOLE_DAY),
                        stored.built(),
                        set.count(),
                        set.size(),
                        bytes(set.hash()),
                        seconds)))
                .thenApply(done -> null);
    }

    /** What is stored for a policy epoch, the oldest day first; of a day its set before its hours. */
    public CompletionStage<List<StoredSet>> list(long epoch) {
        return database.collect(list.bind(epoch))
                .thenApply(rows -> rows.stream().map(PublishedTable::stored).toList());
    }

    /** The bytes of a set; empty if they are gone, or are not those that its hash names. */
    public CompletionStage<Optional<Opaque>> load(PublishedSet set) {
        return database.collect(parts.bind(bytes(set.hash())).setPageSize(1)).thenApply(rows -> {
            var size = rows.stream().mapToLong(row -> content(row).remaining()).sum();
            if (size != set.size()) {
                return Optional.empty();
            }
            var whole = ByteBuffer.allocate((int) size);
            rows.forEach(row -> whole.put(content(row)));
            var body = Opaque.wrap(whole.array());
            return hash(body).equals(set.hash()) ? Optional.of(body) : Optional.empty();
        });
    }

    /** What a set is found by: SHA-256 of its bytes. */
    public static Opaque hash(Opaque body) {
        try {
            return Opaque.wrap(MessageDigest.getInstance("SHA-256").digest(body.shared()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static StoredSet stored(Row row) {
        var hour = row.getLong("hour");
        var set = new PublishedSet(
                row.getLong("day"),
                hour == WHOLE_DAY ? null : hour,
                row.getLong("count"),
                row.getLong("size"),
                opaque(Objects.requireNonNull(row.getByteBuffer("hash"))));
        return new StoredSet(set, Objects.requireNonNull(row.getInstant("built")));
    }

    private static ByteBuffer content(Row row) {
        return Objects.requireNonNull(row.getByteBuffer("content"));
    }

    private static Opaque opaque(ByteBuffer buffer) {
        var array = new byte[buffer.remaining()];
        buffer.get(array);
        return Opaque.wrap(array);
    }

    private static ByteBuffer bytes(Opaque opaque) {
        return ByteBuffer.wrap(opaque.shared());
    }
}
