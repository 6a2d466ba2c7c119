package lethe.persistence.fence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.receipt.Receipt;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberState;
import lethe.persistence.row.HeadRow;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;
import lethe.persistence.seal.RowKeys;

/**
 * What the rows of a partition mean to the incarnation that read them: which count, and which are ghosts. Pure.
 *
 * <p>The head of the highest incarnation rules. A row counts if the sequence number of its save is not above the limit
 * of its incarnation: for the ruling head's own, the head's sequence number; for older ones, what that head adopted.
 * Rows without a limit, and rows of a life that was erased, are ghosts.
 */
final class Reading {

    private final RowCodec codec;
    private final List<StoredRow> rows;
    private final List<StoredRow> heads = new ArrayList<>();
    private final Map<RowAddress, StoredRow> counting = new HashMap<>();
    private final Set<RowAddress> ghosts = new HashSet<>();
    private final Set<RowAddress> remains = new HashSet<>();
    private final Set<RowAddress> gone = new HashSet<>();
    private final Set<MessageId> lost = new HashSet<>();
    private int receiptsLost;
    private boolean hasKeys;
    private final Map<Long, Long> adopted = new HashMap<>();
    private final Optional<StoredRow> rulingRow;
    private final Optional<HeadRow> ruling;
    private final long highestIncarnation;
    private final long latestTimestamp;

    private Reading(List<StoredRow> rows, long life, RowCodec codec) {
        this.codec = codec;
        this.rows = List.copyOf(rows);
        var candidates = new ArrayList<StoredRow>();
        for (var row : rows) {
            if (row.life() != life) {
                remains.add(row.address());
            } else {
                sort(row, candidates);
            }
        }
        this.rulingRow =
                heads.stream().max(Comparator.comparingLong(row -> row.address().incarnation()));
        this.ruling = rulingRow.map(row -> codec.decodeHead(row.payload()));
        this.highestIncarnation = rows.stream()
                .filter(row -> row.life() == life)
                .mapToLong(row -> row.address().incarnation())
                .max()
                .orElse(0);
        this.latestTimestamp =
                rows.stream().mapToLong(StoredRow::writtenAt).max().orElse(0);
        candidates.forEach(this::judge);
        dropGone();
        dropDuplicates();
        dropUnreadable();
        counting.values().forEach(row -> {
            var incarnation = row.address().incarnation();
            limit(incarnation).ifPresent(limit -> adopted.put(incarnation, limit));
        });
    }

    /**
     * Reads the rows of one partition.
     *
     * @param life the number with which the present life of the entity began
     */
    static Reading of(List<StoredRow> rows, long life, RowCodec codec) {
        return new Reading(rows, life, codec);
    }

    /** All rows as they were read. */
    List<StoredRow> rows() {
        return rows;
    }

    /** Whether the subscriber withdrew and only the deletion is unfinished. */
    boolean isErased() {
        return ruling.filter(HeadRow::erased).isPresent();
    }

    /** Whether this life was ever saved. */
    boolean hasHead() {
        return ruling.isPresent();
    }

    /** The sequence number that the ruling head covers; 0 without one. */
    long headSequence() {
        return rulingRow.map(StoredRow::sequence).orElse(0L);
    }

    /** The timestamp of the ruling head, microseconds; 0 without one. */
    long headWrittenAt() {
        return rulingRow.map(StoredRow::writtenAt).orElse(0L);
    }

    /** When the ruling head was saved, milliseconds since 1970; 0 without one. */
    long takenAt() {
        return ruling.map(HeadRow::takenAt).orElse(0L);
    }

    /** The time of the entry in the due index that the ruling head names. */
    Optional<Instant> due() {
        return ruling.flatMap(HeadRow::dueAt);
    }

    /** The state for an incarnation that takes over; empty if there is no head, and after an erasure. */
    Optional<SubscriberState> state(long incarnation) {
        return ruling.flatMap(head -> head.toHead(adopted))
                .map(head -> SubscriberState.recovered(incarnation, head, held(), receipts(), lost()));
    }

    /** Envelopes that count, in slot order. */
    List<HeldEnvelope> held() {
        return of(RowKind.HELD).stream()
                .map(row -> codec.decodeHeld(id(row), row.payload()))
                .sorted(Comparator.comparing(HeldEnvelope::slot))
                .toList();
    }

    /** Envelopes that count, and cannot be opened any more. */
    Set<MessageId> lost() {
        return Set.copyOf(lost);
    }

    /** How many receipts cannot be read: they open under the installation's key, so their rows were changed. */
    int receiptsLost() {
        return receiptsLost;
    }

    /** Gives out the keys of the envelopes that count. */
    void keys(RowKeys keys) {
        of(RowKind.HELD).forEach(row -> keys.put(row.address(), Objects.requireNonNull(row.key())));
        if (hasKeys) {
            keys.found();
        }
    }

    /** Receipts that count, oldest first. */
    List<Receipt> receipts() {
        return of(RowKind.RECEIPT).stream()
                .map(row -> codec.decodeReceipt(row.payload()))
                .sorted(Comparator.comparing(Receipt::at))
                .toList();
    }

    /** Of a life that was erased: never to count again. */
    Set<RowAddress> remains() {
        return Set.copyOf(remains);
    }

    /**
     * Rows that do not count for the reader. If it never saved and a zombie's head still came, they might for the next:
     * so they are ghosts once the reader has saved, and not to be deleted before.
     */
    Set<RowAddress> ghosts() {
        return Set.copyOf(ghosts);
    }

    /** The incarnation whose head rules; 0 without one. */
    long rulingIncarnation() {
        return rulingRow.map(row -> row.address().incarnation()).orElse(0L);
    }

    /** Rows that no longer count and are still there. */
    Set<RowAddress> gone() {
        return Set.copyOf(gone);
    }

    /** Of all rows of this life, ghosts too. */
    long highestIncarnation() {
        return highestIncarnation;
    }

    /** Of all rows, ghosts and remains too; microseconds. */
    long latestTimestamp() {
        return latestTimestamp;
    }

    private void sort(StoredRow row, List<StoredRow> candidates) {
        switch (row.address().kind()) {
            case HEAD -> heads.add(row);
            case HELD, RECEIPT -> candidates.add(row);
            case KEYS -> hasKeys = true;
            case PREKEY -> throw new IllegalArgumentException("prekeys are no part of a state");
        }
    }

    private void judge(StoredRow row) {
        var counts = limit(row.address().incarnation()).filter(limit -> row.sequence() <= limit);
        if (counts.isPresent()) {
            counting.put(row.address(), row);
        } else {
            ghosts.add(row.address());
        }
    }

    private Optional<Long> limit(long incarnation) {
        return rulingRow
                .filter(row -> row.address().incarnation() == incarnation)
                .map(StoredRow::sequence)
                .or(() -> ruling.flatMap(head -> head.adoptedUpTo(incarnation)));
    }

    /** A head names what is gone by item, up to an incarnation. Whether prekeys are there yet nobody has read. */
    private void dropGone() {
        var upTo = new HashMap<RowAddress, Long>();
        ruling.map(HeadRow::goneRows)
                .orElse(List.of())
                .forEach(named -> upTo.merge(item(named), named.incarnation(), Math::max));
        upTo.forEach((address, incarnation) -> {
            if (address.kind() == RowKind.PREKEY) {
                gone.add(new RowAddress(address.kind(), address.item(), incarnation));
            }
        });
        drop(counting.keySet().stream()
                .filter(address -> upTo.getOrDefault(item(address), Long.MIN_VALUE) >= address.incarnation())
                .toList());
    }

    /** The same message id under several incarnations: it was gone, and came again. The last one counts. */
    private void dropDuplicates() {
        var last = new HashMap<RowAddress, Long>();
        counting.keySet().forEach(address -> last.merge(item(address), address.incarnation(), Math::max));
        drop(counting.keySet().stream()
                .filter(address -> last.getOrDefault(item(address), address.incarnation()) > address.incarnation())
                .toList());
    }

    /** Noise: the sender of an envelope offers it anew, and asks after its receipt. */
    private void dropUnreadable() {
        var unreadable =
                counting.values().stream().filter(row -> !row.isReadable()).toList();
        unreadable.stream().filter(row -> row.address().kind() == RowKind.HELD).forEach(row -> lost.add(id(row)));
        receiptsLost += (int) unreadable.stream()
                .filter(row -> row.address().kind() == RowKind.RECEIPT)
                .count();
        drop(unreadable.stream().map(StoredRow::address).toList());
    }

    private void drop(Collection<RowAddress> addresses) {
        addresses.forEach(counting::remove);
        gone.addAll(addresses);
    }

    private List<StoredRow> of(RowKind kind) {
        return counting.values().stream()
                .filter(row -> row.address().kind() == kind)
                .toList();
    }

    /** The address without its incarnation. */
    private static RowAddress item(RowAddress address) {
        return new RowAddress(address.kind(), address.item(), 0);
    }

    private static MessageId id(StoredRow row) {
        Opaque item = row.address().item();
        return new MessageId(item);
    }
}
