package lethe.persistence.fence;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.Opaque;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Write;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;
import lethe.persistence.seal.RowSealer;

/** The table of subscribers' rows: statements to write and delete, and the reading of a partition. */
final class SubscriberTable {

    /** Rows of a page; a row may have 64 KiB. */
    private static final int PAGE = 200;

    private final Database database;
    private final RowSealer sealer;
    private final PreparedStatement read;
    private final PreparedStatement insert;
    private final PreparedStatement deleteRow;
    private final PreparedStatement deleteItem;
    private final PreparedStatement deleteBelow;
    private final PreparedStatement deleteAll;
    private final PreparedStatement readOne;
    private final PreparedStatement readState;
    private final PreparedStatement readItems;

    private SubscriberTable(Database database, RowSealer sealer, List<PreparedStatement> prepared) {
        this.database = database;
        this.sealer = sealer;
        this.read = prepared.get(0);
        this.insert = prepared.get(1);
        this.deleteRow = prepared.get(2);
        this.deleteItem = prepared.get(3);
        this.deleteBelow = prepared.get(4);
        this.deleteAll = prepared.get(5);
        this.readOne = prepared.get(6);
        this.readState = prepared.get(7);
        this.readItems = prepared.get(8);
    }

    static CompletionStage<SubscriberTable> prepare(Database database, RowSealer sealer) {
        return database.prepareAll(List.of(
                        "SELECT kind, item, incarnation, life, sequence, payload, writetime(payload) AS written_at"
                                + " FROM %ssubscriber WHERE pid = ?",
                        "INSERT INTO %ssubscriber (pid, kind, item, incarnation, life, sequence, payload)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?",
                        "DELETE FROM %ssubscriber USING TIMESTAMP ?"
                                + " WHERE pid = ? AND kind = ? AND item = ? AND incarnation = ?",
                        "DELETE FROM %ssubscriber USING TIMESTAMP ?"
                                + " WHERE pid = ? AND kind = ? AND item = ? AND incarnation <= ?",
                        "DELETE FROM %ssubscriber USING TIMESTAMP ?"
                                + " WHERE pid = ? AND kind = ? AND item = ? AND incarnation < ?",
                        "DELETE FROM %ssubscriber USING TIMESTAMP ? WHERE pid = ?",
                        "SELECT sequence FROM %ssubscriber WHERE pid = ? AND kind = ? AND item = ? AND incarnation = ?",
                        "SELECT kind, item, incarnation, life, sequence, payload, writetime(payload) AS written_at"
                                + " FROM %ssubscriber WHERE pid = ? AND kind < ?",
                        "SELECT item, incarnation, payload FROM %ssubscriber"
                                + " WHERE pid = ? AND kind = ? AND item IN ?"))
                .thenApply(prepared -> new SubscriberTable(database, sealer, prepared));
    }

    /** All rows of a subscriber; prekeys unopened. */
    CompletionStage<List<StoredRow>> read(String pid) {
        return read(pid, read.bind(pid));
    }

    /** The rows that a subscriber's state is made of: all but its prekeys. */
    CompletionStage<List<StoredRow>> readState(String pid) {
        return read(pid, readState.bind(pid, RowKind.PREKEY.code()));
    }

    private CompletionStage<List<StoredRow>> read(String pid, BoundStatement query) {
        return database.collect(query.setPageSize(PAGE)).thenApply(rows -> {
            var sealed = new SealedRows(pid, sealer);
            rows.forEach(row -> add(row, sealed));
            return sealed.open();
        });
    }

    /** What rows of one kind say, of those that are there and can be opened. */
    CompletionStage<Map<RowAddress, Opaque>> readItems(String pid, RowKind kind, Set<RowAddress> addresses) {
        if (addresses.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        var items = addresses.stream().map(this::item).toList();
        return database.collect(readItems.bind(pid, kind.code(), items)).thenApply(rows -> {
            var found = new HashMap<RowAddress, Opaque>();
            for (var row : rows) {
                var address = sealer.reveal(kind, opaque(row, "item"), row.getLong("incarnation"));
                if (addresses.contains(address)) {
                    sealer.open(pid, address, opaque(row, "payload")).ifPresent(plain -> found.put(address, plain));
                }
            }
            return found;
        });
    }

    /** Whether a row is there for readers. */
    CompletionStage<Boolean> isVisible(String pid, RowAddress address) {
        return database.collect(readOne.bind(pid, address.kind().code(), item(address), address.incarnation()))
                .thenApply(rows -> !rows.isEmpty());
    }

    /** Writes a row that lasts for a time; for ever if that is zero. */
    Write insert(
            String pid, long life, RowAddress address, long sequence, Opaque plain, long timestamp, Duration lifetime) {
        return insertSealed(pid, life, address, sequence, sealer.seal(pid, address, plain), timestamp, lifetime);
    }

    /** Writes a row that its caller has sealed. */
    Write insertSealed(
            String pid,
            long life,
            RowAddress address,
            long sequence,
            Opaque payload,
            long timestamp,
            Duration lifetime) {
        var statement = insert.bind(
                pid,
                address.kind().code(),
                item(address),
                address.incarnation(),
                life,
                sequence,
                bytes(payload),
                timestamp,
                Math.toIntExact(lifetime.toSeconds()));
        return new Write(statement, pid.length() + payload.length() + Write.OVERHEAD);
    }

    /** Deletes one row. */
    Write delete(String pid, RowAddress address, long timestamp) {
        return addressed(deleteRow, pid, address, timestamp);
    }

    /** Deletes an item's rows of this incarnation and of all before. */
    Write deleteUpTo(String pid, RowAddress address, long timestamp) {
        return addressed(deleteItem, pid, address, timestamp);
    }

    private Write addressed(PreparedStatement delete, String pid, RowAddress address, long timestamp) {
        return Write.small(delete.bind(timestamp, pid, address.kind().code(), item(address), address.incarnation()));
    }

    /** Deletes an item's rows of older incarnations. */
    Write deleteBelow(String pid, RowAddress address, long timestamp) {
        return addressed(deleteBelow, pid, address, timestamp);
    }

    /** Deletes everything of a subscriber. */
    Write deleteAll(String pid, long timestamp) {
        return Write.small(deleteAll.bind(timestamp, pid));
    }

    private void add(Row row, SealedRows sealed) {
        var address =
                sealer.reveal(RowKind.ofCode(row.getByte("kind")), opaque(row, "item"), row.getLong("incarnation"));
        sealed.add(
                address,
                row.getLong("life"),
                row.getLong("sequence"),
                opaque(row, "payload"),
                row.getLong("written_at"));
    }

    private ByteBuffer item(RowAddress address) {
        return bytes(sealer.hide(address));
    }

    private static ByteBuffer bytes(Opaque opaque) {
        return ByteBuffer.wrap(opaque.shared());
    }

    private static Opaque opaque(Row row, String column) {
        var buffer = row.getByteBuffer(column);
        if (buffer == null) {
            throw new IllegalStateException("a row without " + column);
        }
        var array = new byte[buffer.remaining()];
        buffer.get(array);
        return Opaque.wrap(array);
    }
}
