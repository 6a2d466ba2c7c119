package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Item;

/**
 * One subscriber's rows. As in Cassandra the higher timestamp wins, whichever write comes first, and of a write and a
 * deletion with the same one the deletion. Tombstones stay for the whole run.
 */
final class Partition {
    private final Map<Address, Row> rows = new LinkedHashMap<>();
    private final Map<Item, List<Tombstone>> tombstones = new LinkedHashMap<>();
    private long allDeleted = Long.MIN_VALUE;

    private record Tombstone(long from, long upTo, long writtenAt) {
        boolean hides(Row row) {
            long incarnation = row.address().incarnation();
            return from <= incarnation && incarnation <= upTo && row.writtenAt() <= writtenAt;
        }
    }

    void write(Row row) {
        Row known = rows.get(row.address());
        boolean isNewer = known == null || known.writtenAt() < row.writtenAt();
        if (isNewer && !isHidden(row)) {
            rows.put(row.address(), row);
        }
    }

    private boolean isHidden(Row row) {
        return row.writtenAt() <= allDeleted
                || tombstones.getOrDefault(row.address().item(), List.of()).stream()
                        .anyMatch(tombstone -> tombstone.hides(row));
    }

    /** Deletes one row. */
    void delete(Address address, long timestamp) {
        delete(address.item(), new Tombstone(address.incarnation(), address.incarnation(), timestamp));
    }

    /** Deletes an item's rows of this incarnation and of all before. */
    void deleteUpTo(Address address, long timestamp) {
        delete(address.item(), new Tombstone(Long.MIN_VALUE, address.incarnation(), timestamp));
    }

    /** Deletes an item's rows of older incarnations. */
    void deleteBelow(Address address, long timestamp) {
        delete(address.item(), new Tombstone(Long.MIN_VALUE, address.incarnation() - 1, timestamp));
    }

    private void delete(Item item, Tombstone tombstone) {
        tombstones.computeIfAbsent(item, key -> new ArrayList<>(1)).add(tombstone);
        rows.values().removeIf(row -> row.address().item().equals(item) && tombstone.hides(row));
    }

    void deleteAll(long timestamp) {
        allDeleted = Math.max(allDeleted, timestamp);
        rows.values().removeIf(row -> row.writtenAt() <= timestamp);
    }

    boolean has(Address address) {
        return rows.containsKey(address);
    }

    /** Whether an envelope is stored whose key is of an epoch before this one. */
    boolean hasOlderThan(long epoch) {
        return rows.values().stream()
                .anyMatch(row -> row.says() instanceof Row.Says.OfHeld held && held.epoch() < epoch);
    }

    /** What readers see. */
    List<Row> rows() {
        return List.copyOf(rows.values());
    }
}
