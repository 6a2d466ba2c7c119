package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import lethe.core.account.Account;
import lethe.core.identity.MessageId;
import lethe.core.receipt.Receipt;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberState;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Item;
import lethe.loadtest.simulation.Row.Kind;
import lethe.loadtest.simulation.Row.Says;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a partition mean to the incarnation that read them. The same rules as in {@code persistence.fence}:
 * the head of the highest incarnation rules; a row counts up to the sequence number of the head of its incarnation.
 */
final class Reading {
    private final @Nullable Row ruling;
    private final Map<Address, Row> counting = new LinkedHashMap<>();
    private final Set<Address> ghosts = new LinkedHashSet<>();
    private final Set<Address> remains = new LinkedHashSet<>();
    private final Set<Address> gone = new LinkedHashSet<>();
    private final Set<MessageId> lost = new LinkedHashSet<>();
    private final Map<Long, Long> adopted = new LinkedHashMap<>();
    private final boolean hasKeys;
    private final long highestIncarnation;
    private final long latestTimestamp;

    private Reading(List<Row> rows, long life, LongPredicate isAlive) {
        List<Row> ours = new ArrayList<>();
        for (Row row : rows) {
            if (row.life() == life) {
                ours.add(row);
            } else {
                remains.add(row.address());
            }
        }
        this.ruling = ours.stream()
                .filter(row -> row.address().kind() == Kind.HEAD)
                .max(Comparator.comparingLong(row -> row.address().incarnation()))
                .orElse(null);
        this.hasKeys = ours.stream().anyMatch(row -> row.address().kind() == Kind.KEYS);
        this.highestIncarnation = ours.stream()
                .mapToLong(row -> row.address().incarnation())
                .max()
                .orElse(0);
        this.latestTimestamp = rows.stream().mapToLong(Row::writtenAt).max().orElse(0);
        ours.forEach(this::judge);
        dropGone();
        dropDuplicates();
        dropUnreadable(rows, isAlive);
        counting.values().forEach(row -> adopt(row.address().incarnation()));
    }

    /**
     * Reads the rows of one partition.
     *
     * @param life the number with which the present life began
     * @param isAlive whether the key of an epoch still is there
     */
    static Reading of(List<Row> rows, long life, LongPredicate isAlive) {
        return new Reading(rows, life, isAlive);
    }

    boolean hasHead() {
        return ruling != null;
    }

    /** Whether the subscriber withdrew and only the deletion is unfinished. */
    boolean isErased() {
        return ruling != null && ruling.says() instanceof Says.OfErasure;
    }

    long headSequence() {
        return ruling == null ? 0 : ruling.sequence();
    }

    /** The incarnation whose head rules; 0 without one. */
    long rulingIncarnation() {
        return ruling == null ? 0 : ruling.address().incarnation();
    }

    long highestIncarnation() {
        return highestIncarnation;
    }

    long latestTimestamp() {
        return latestTimestamp;
    }

    Set<Address> gone() {
        return gone;
    }

    Set<Address> ghosts() {
        return ghosts;
    }

    /** Of a life that was erased. */
    Set<Address> remains() {
        return remains;
    }

    boolean hasKeys() {
        return hasKeys;
    }

    /** Under which epoch the envelopes that count are. */
    Map<Address, Long> keys() {
        Map<Address, Long> keys = new LinkedHashMap<>();
        counting.forEach((address, row) -> {
            if (row.says() instanceof Says.OfHeld held) {
                keys.put(address, held.epoch());
            }
        });
        return keys;
    }

    /** The state for an incarnation that takes over; empty without a head. */
    Optional<SubscriberState> state(long incarnation) {
        return ruling != null && ruling.says() instanceof Says.OfHead says
                ? Optional.of(SubscriberState.recovered(incarnation, head(says.head()), held(), receipts(), lost))
                : Optional.empty();
    }

    private Head head(Head stored) {
        Account account = stored.account();
        return new Head(stored.consent(), account, stored.takeover(), adopted);
    }

    private List<HeldEnvelope> held() {
        List<HeldEnvelope> held = new ArrayList<>();
        counting.values().forEach(row -> {
            if (row.says() instanceof Says.OfHeld says) {
                held.add(says.held());
            }
        });
        held.sort(Comparator.comparing(HeldEnvelope::slot));
        return held;
    }

    private List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>();
        counting.values().forEach(row -> {
            if (row.says() instanceof Says.OfReceipt says) {
                receipts.add(says.receipt());
            }
        });
        receipts.sort(Comparator.comparing(Receipt::at));
        return receipts;
    }

    private void judge(Row row) {
        Kind kind = row.address().kind();
        if (kind != Kind.HELD && kind != Kind.RECEIPT) {
            return;
        }
        OptionalLong limit = limit(row.address().incarnation());
        if (limit.isPresent() && row.sequence() <= limit.getAsLong()) {
            counting.put(row.address(), row);
        } else {
            ghosts.add(row.address());
        }
    }

    private OptionalLong limit(long incarnation) {
        if (ruling == null) {
            return OptionalLong.empty();
        }
        if (ruling.address().incarnation() == incarnation) {
            return OptionalLong.of(ruling.sequence());
        }
        Long upTo = ruling.says() instanceof Says.OfHead head ? head.adopted().get(incarnation) : null;
        return upTo == null ? OptionalLong.empty() : OptionalLong.of(upTo);
    }

    private void adopt(long incarnation) {
        limit(incarnation).ifPresent(limit -> adopted.put(incarnation, limit));
    }

    /** A head names what is gone by item, up to an incarnation. */
    private void dropGone() {
        Map<Item, Long> upTo = new LinkedHashMap<>();
        if (ruling != null && ruling.says() instanceof Says.OfHead head) {
            head.gone().forEach(named -> upTo.merge(named.item(), named.incarnation(), Math::max));
        }
        drop(counting.keySet().stream()
                .filter(address -> upTo.getOrDefault(address.item(), Long.MIN_VALUE) >= address.incarnation())
                .toList());
    }

    /** The same message under several incarnations: the last one counts. */
    private void dropDuplicates() {
        Map<Item, Long> last = new LinkedHashMap<>();
        counting.keySet().forEach(address -> last.merge(address.item(), address.incarnation(), Math::max));
        drop(counting.keySet().stream()
                .filter(address -> last.getOrDefault(address.item(), address.incarnation()) > address.incarnation())
                .toList());
    }

    /** Keys are the same whichever incarnation said them, ghosts too. */
    private void dropUnreadable(List<Row> rows, LongPredicate isAlive) {
        Set<Address> renewed = new LinkedHashSet<>();
        rows.forEach(row -> {
            if (row.says() instanceof Says.OfKeys keys && isAlive.test(keys.epoch())) {
                renewed.addAll(keys.rows());
            }
        });
        List<Address> unreadable = new ArrayList<>();
        counting.forEach((address, row) -> {
            if (row.says() instanceof Says.OfHeld held && !isAlive.test(held.epoch()) && !renewed.contains(address)) {
                unreadable.add(address);
                lost.add(address.item().id());
            }
        });
        drop(unreadable);
    }

    private void drop(Collection<Address> addresses) {
        addresses.forEach(counting::remove);
        gone.addAll(addresses);
    }
}
