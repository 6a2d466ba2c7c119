package lethe.persistence.fence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.core.subscriber.Changes;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberState;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Write;
import lethe.persistence.due.DueEntry;
import lethe.persistence.row.HeadRow;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowCodec;
import lethe.persistence.seal.RowSealer;

/** Turns what changed in a state into the statements that store it. Does no I/O. */
final class SavePlanner {

    private final SubscriberTable table;
    private final RowSealer sealer;
    private final CassandraSettings settings;
    private final RowCodec codec;
    private final Clock clock;

    SavePlanner(SubscriberTable table, RowSealer sealer, CassandraSettings settings, RowCodec codec, Clock clock) {
        this.table = table;
        this.sealer = sealer;
        this.settings = settings;
        this.codec = codec;
        this.clock = clock;
    }

    /** Plans the save of a state that has a head. */
    SavePlan plan(String pid, Claim claim, long sequence, Instant takenAt, SubscriberState state, Head head) {
        claim.accept(state.incarnation());
        var changes = state.changes();
        var timestamp = claim.clock().next();
        // Looked at once: what is sealed from here on is of this epoch or a later one.
        var epoch = sealer.epoch();
        changes.released().forEach(held -> claim.keys().destroy(address(held, claim)));
        var rows = rows(pid, claim, sequence, changes, timestamp);
        renewKeys(pid, claim, sequence, epoch, timestamp).ifPresent(rows::add);
        var added = added(claim, changes);
        claim.gone().removeAll(added);
        var gone = new HashSet<>(claim.gone());
        gone.addAll(ended(claim, changes));
        gone.removeAll(added);
        claim.gone().addAll(gone);

        var due = DuePlan.of(state, claim.due(), clock.instant(), sealer.renewal(epoch, pid));
        claim.due(due.after());
        due.remove().ifPresent(claim.undue()::add);

        var adopted = claim.isRecovered() ? head.adopted() : Map.<Long, Long>of();
        var headRow = HeadRow.of(
                head,
                takenAt.toEpochMilli(),
                adopted,
                List.copyOf(gone),
                due.after(),
                head.prekeysNumbered(claim::inThisIncarnation));
        var headWrite = table.insert(
                pid,
                claim.life(),
                RowAddress.head(claim.number()),
                sequence,
                codec.encode(headRow),
                timestamp,
                Duration.ZERO);
        var older = olderHeads(pid, claim, timestamp);
        var together = bytes(rows) + headWrite.bytes() + bytes(older) <= settings.batchBytes();

        var later = claim.clock().next();
        var deletions = gone.stream()
                .map(address -> table.deleteUpTo(pid, address, later))
                .collect(Collectors.toCollection(ArrayList::new));
        deletions.addAll(keysNotNeeded(pid, claim, later));
        return new SavePlan(
                entry(pid, due.add(), timestamp),
                together ? List.of() : rows,
                together ? concat(rows, concat(List.of(headWrite), older)) : List.of(headWrite),
                together ? deletions : concat(older, deletions),
                entry(pid, due.remove(), later),
                Set.copyOf(gone),
                later);
    }

    /** Plans the head that says that all before it is withdrawn. */
    Write erasure(String pid, Claim claim, long sequence, Instant takenAt) {
        return table.insert(
                pid,
                claim.life(),
                RowAddress.head(claim.number()),
                sequence,
                codec.encode(HeadRow.erasure(
                        takenAt.toEpochMilli(), claim.due(), claim.listed().orElse(null))),
                claim.clock().next(),
                Duration.ZERO);
    }

    private List<Write> rows(String pid, Claim claim, long sequence, Changes changes, long timestamp) {
        var rows = new ArrayList<Write>();
        for (var held : changes.held()) {
            var address = address(held, claim);
            var row = new HeldEnvelope(claim.inThisIncarnation(held.slot()), held.device(), held.envelope());
            var waits = Duration.between(clock.instant(), held.envelope().expires());
            var lifetime = (waits.isNegative() ? Duration.ZERO : waits).plus(settings.expiryMargin());
            var sealed = sealer.sealForNow(pid, address, codec.encode(row));
            claim.keys().put(address, sealed.key());
            rows.add(table.insertSealed(pid, claim.life(), address, sequence, sealed.payload(), timestamp, lifetime));
        }
        for (var receipt : changes.receipts()) {
            var address = RowAddress.receipt(receipt.id(), claim.number());
            rows.add(table.insert(
                    pid,
                    claim.life(),
                    address,
                    sequence,
                    codec.encode(receipt),
                    timestamp,
                    settings.receiptLifetime()));
        }
        changes.published()
                .forEach((as, prekey) -> rows.add(table.insert(
                        pid,
                        claim.life(),
                        RowAddress.prekey(as, claim.number()),
                        sequence,
                        codec.encode(prekey),
                        timestamp,
                        CassandraSettings.PREKEY_LIFETIME)));
        return rows;
    }

    /** The first save in an epoch says the keys of older rows again, under the key of this epoch. */
    private Optional<Write> renewKeys(String pid, Claim claim, long sequence, long epoch, long timestamp) {
        var address = RowAddress.keys(claim.number());
        return claim.keys().renewal(epoch).map(keys -> {
            var sealed = sealer.sealForNow(pid, address, Opaque.wrap(keys)).payload();
            Arrays.fill(keys, (byte) 0);
            return table.insertSealed(pid, claim.life(), address, sequence, sealed, timestamp, settings.retention());
        });
    }

    /** Those that nothing waits for; and at the first save of an incarnation, those that the ones before it said. */
    private List<Write> keysNotNeeded(String pid, Claim claim, long timestamp) {
        var address = RowAddress.keys(claim.number());
        if (claim.keys().takeSuperfluous()) {
            return List.of(table.deleteUpTo(pid, address, timestamp));
        }
        return claim.hasStoredHead() || !claim.isRecovered()
                ? List.of()
                : List.of(table.deleteBelow(pid, address, timestamp));
    }

    private static RowAddress address(HeldEnvelope held, Claim claim) {
        return RowAddress.held(held.envelope().id(), claim.number());
    }

    private static Set<RowAddress> added(Claim claim, Changes changes) {
        var added = new HashSet<RowAddress>();
        changes.held().forEach(held -> added.add(address(held, claim)));
        changes.published().keySet().forEach(as -> added.add(RowAddress.prekey(as, claim.number())));
        changes.receipts().forEach(receipt -> added.add(RowAddress.receipt(receipt.id(), claim.number())));
        return added;
    }

    /** Named up to this incarnation, whichever wrote them. */
    private static Set<RowAddress> ended(Claim claim, Changes changes) {
        var ended = new HashSet<RowAddress>();
        changes.released().forEach(held -> ended.add(address(held, claim)));
        changes.spent().forEach(prekey -> ended.add(RowAddress.prekey(prekey, claim.number())));
        changes.settled().forEach(id -> ended.add(RowAddress.receipt(id, claim.number())));
        return ended;
    }

    /** At the first save of an incarnation: the heads before its own. */
    private List<Write> olderHeads(String pid, Claim claim, long timestamp) {
        return claim.hasStoredHead() || !claim.isRecovered()
                ? List.of()
                : List.of(table.deleteBelow(pid, RowAddress.head(claim.number()), timestamp));
    }

    private static List<DueEntry> entry(String pid, Optional<Instant> at, long timestamp) {
        return at.map(time -> List.of(new DueEntry(pid, time, timestamp))).orElse(List.of());
    }

    private static int bytes(List<Write> writes) {
        return writes.stream().mapToInt(Write::bytes).sum();
    }

    private static List<Write> concat(List<Write> one, List<Write> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
