package lethe.persistence.fence;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Write;
import lethe.persistence.due.DueIndex;
import lethe.persistence.lookup.ListingTable;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;
import lethe.persistence.seal.RowSealer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and saves entities of which one incarnation may write. The package says by which rules.
 *
 * <p>Asked by one entity in turn: load, then accept and save alternately. Never blocks.
 */
public final class FencedStore {

    private static final Logger LOG = LoggerFactory.getLogger(FencedStore.class);

    private final Database database;
    private final Incarnations incarnations;
    private final SubscriberTable table;
    private final DueIndex due;
    private final RowCodec codec = new RowCodec();
    private final Claims claims = new Claims();
    private final Losses losses;
    private final Clock clock;
    private final SavePlanner planner;
    private final Saver saver;
    private final Lister lister;

    private FencedStore(
            Database database,
            Incarnations incarnations,
            SubscriberTable table,
            DueIndex due,
            ListingTable listings,
            RowSealer sealer,
            Losses losses,
            Clock clock) {
        this.database = database;
        this.incarnations = incarnations;
        this.table = table;
        this.due = due;
        this.losses = losses;
        this.clock = clock;
        this.planner = new SavePlanner(table, sealer, database.settings(), codec, clock);
        this.saver = new Saver(database, incarnations, table, due);
        this.lister = new Lister(listings, clock);
    }

    /**
     * Prepares all statements.
     *
     * @param losses counts what cannot be given back
     */
    public static CompletionStage<FencedStore> prepare(
            Database database, DueIndex due, RowSealer sealer, Losses losses, Clock clock) {
        return Incarnations.prepare(database, clock)
                .thenCompose(incarnations -> SubscriberTable.prepare(database, sealer)
                        .thenCombine(
                                ListingTable.prepare(database),
                                (table, listings) -> new FencedStore(
                                        database, incarnations, table, due, listings, sealer, losses, clock)));
    }

    /**
     * Claims the entity and reads it. Empty when there is no state; when nothing at all is stored of it, nothing is
     * claimed either, so asking for tags that nobody opted in with leaves no trace.
     */
    public CompletionStage<Optional<Loaded>> load(String pid) {
        claims.release(pid);
        return incarnations
                .claim(pid)
                .thenCompose(claimed -> claimed.isPresent()
                        ? read(pid, claimed.get())
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /** The sequence number of the state that was loaded last; 0 for an entity without rows. */
    public long loadedSequence(String pid) {
        return claims.find(pid).map(Claim::loadedSequence).orElse(0L);
    }

    /**
     * Accepts the events that the next save will say; stores none of them. Fails without a claim to save under. The
     * first event of a new life must be an opt-in: it takes the life's first number.
     */
    public CompletionStage<Void> accept(String pid, SubscriberEvent first) {
        var claim = claims.find(pid);
        if (claim.isPresent()) {
            return claim.get().isSuperseded()
                    ? SupersededException.failed("a later incarnation writes")
                    : CompletableFuture.completedFuture(null);
        }
        // Only the owner's opt-in begins a life. A zombie whose subscriber opted out elsewhere must not revive it.
        return first instanceof SubscriberEvent.OptedIn
                ? begin(pid).thenApply(begun -> null)
                : SupersededException.failed("no claim to write under");
    }

    /**
     * Stores what changed in a state. Completes when it is durable and no later incarnation had claimed the entity by
     * then; fails with {@link SupersededException} otherwise.
     */
    public CompletionStage<Void> save(String pid, long sequence, Instant takenAt, SubscriberState state) {
        var found = claims.find(pid).filter(claim -> !claim.isSuperseded());
        if (found.isEmpty()) {
            return SupersededException.failed("no claim to save under");
        }
        var claim = found.get();
        if (!state.changes().erase()) {
            return saveChanges(pid, claim, sequence, takenAt, state);
        }
        return erase(pid, claim, sequence, takenAt)
                .thenCompose(done -> state.head().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : begin(pid).thenCompose(life -> saveChanges(pid, life, sequence, takenAt, state)));
    }

    /**
     * Reads prekeys of an entity that was loaded; those that are there. Not fenced: whoever gives one away first stores
     * that it is taken.
     */
    public CompletionStage<Map<PrekeyRef, Prekey>> prekeys(String pid, Collection<PrekeyRef> wanted) {
        var claim = claims.find(pid);
        if (claim.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        var byAddress = new HashMap<RowAddress, PrekeyRef>();
        wanted.forEach(ref ->
                byAddress.put(RowAddress.prekey(ref, claim.get().inThisIncarnation(ref.incarnation())), ref));
        return table.readItems(pid, RowKind.PREKEY, byAddress.keySet()).thenApply(found -> {
            var prekeys = new HashMap<PrekeyRef, Prekey>();
            found.forEach((address, plain) ->
                    prekeys.put(Objects.requireNonNull(byAddress.get(address)), codec.decodePrekey(plain)));
            return prekeys;
        });
    }

    /** The entity stopped: forgets its claim. Its rows stay. */
    public void released(String pid) {
        claims.release(pid);
    }

    /** How many claims are remembered: one for each entity in memory that has rows. */
    public int claimsRemembered() {
        return claims.size();
    }

    CompletionStage<Void> fence(String pid, Claim claim) {
        return saver.fence(pid, claim);
    }

    SavePlanner planner() {
        return planner;
    }

    Optional<Claim> claim(String pid) {
        return claims.find(pid);
    }

    private CompletionStage<Optional<Loaded>> read(String pid, Incarnations.Claimed claimed) {
        return table.readState(pid)
                .thenApply(rows -> Reading.of(rows, claimed.born(), codec))
                .thenCompose(reading -> take(pid, claimed, reading));
    }

    private CompletionStage<Optional<Loaded>> take(String pid, Incarnations.Claimed claimed, Reading reading) {
        var number = claimed.number();
        if (reading.highestIncarnation() > number) {
            return SupersededException.failed("a later incarnation has written while this one read");
        }
        if (!reading.hasHead()) {
            var unsaved = Claim.withoutHead(number, claimed.born(), new WriteClock(clock));
            return table.read(pid)
                    .thenCompose(rows -> endUnsaved(pid, unsaved, rows))
                    .thenApply(done -> Optional.empty());
        }
        var claim = Claim.withHead(number, claimed.born(), new WriteClock(clock));
        if (reading.isErased()) {
            return table.read(pid)
                    .thenCompose(rows -> finishErasure(pid, claim, rows))
                    .thenApply(done -> Optional.empty());
        }
        claim.takeOver(reading);
        claims.take(pid, claim);
        losses.add(reading.lost().size(), reading.receiptsLost());
        if (!reading.lost().isEmpty()) {
            LOG.warn(
                    "{} envelopes of a subscriber cannot be opened any more; their senders send them again",
                    reading.lost().size());
        }
        if (reading.receiptsLost() > 0) {
            LOG.warn(
                    "{} receipts of a subscriber were changed in the store and are not believed",
                    reading.receiptsLost());
        }
        var state = reading.state(number).orElseThrow();
        var loaded = new Loaded(reading.headSequence(), Instant.ofEpochMilli(reading.takenAt()), state);
        state.head().ifPresent(head -> lister.renew(claim, head, reading.headWrittenAt()));
        return deleteRemains(pid, claim, reading.remains())
                .thenCompose(done -> reading.rulingIncarnation() == claimed.predecessor()
                        ? CompletableFuture.completedFuture(null)
                        : settleSuccession(pid, claim, loaded))
                .thenApply(done -> Optional.of(loaded));
    }

    /** Of a life before this one; or of one after it, if this one ended while it was read: so the fence is asked. */
    private CompletionStage<Void> deleteRemains(String pid, Claim claim, Set<RowAddress> remains) {
        return remains.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : fence(pid, claim).thenRun(() -> saver.deleteRows(pid, claim, remains));
    }

    /**
     * Between the ruling head's incarnation and this one another has claimed, which may have read something else and
     * may still save, as a zombie. Then its head would rule, should this incarnation die without a save: what this one
     * has promised meanwhile would be forgotten. So this one's head is stored before it promises anything.
     */
    private CompletionStage<Void> settleSuccession(String pid, Claim claim, Loaded loaded) {
        return saveChanges(pid, claim, loaded.sequence(), loaded.takenAt(), loaded.state());
    }

    private CompletionStage<Claim> begin(String pid) {
        return incarnations.begin(pid).thenCompose(number -> {
            if (number.isEmpty()) {
                return SupersededException.failed("somebody else began this entity's life");
            }
            var claim = Claim.withoutHead(number.getAsLong(), number.getAsLong(), new WriteClock(clock));
            claims.take(pid, claim);
            return CompletableFuture.completedFuture(claim);
        });
    }

    private CompletionStage<Void> saveChanges(
            String pid, Claim claim, long sequence, Instant takenAt, SubscriberState state) {
        var head = state.head();
        if (head.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("a state without consent has no rows"));
        }
        var timestamp = claim.clock().next();
        var plan = planner.plan(pid, claim, sequence, takenAt, state, head.get());
        return lister.before(claim, head.get())
                .thenCompose(done -> saver.perform(pid, claim, plan))
                .thenRun(() -> lister.after(claim, head.get(), timestamp));
    }

    /**
     * First says durably that all is withdrawn, then deletes: a crash in between is finished by the next to read, and a
     * zombie, which the fence stops in between, deletes nothing.
     */
    private CompletionStage<Void> erase(String pid, Claim claim, long sequence, Instant takenAt) {
        return database.write(List.of(planner.erasure(pid, claim, sequence, takenAt)))
                .thenCompose(done -> fence(pid, claim))
                .thenCompose(done -> table.read(pid))
                .thenCompose(rows -> finishErasure(pid, claim, rows));
    }

    /**
     * Deletes what was read and nothing that came later: the timestamp lies just above what was read, because another
     * incarnation may finish this erasure, and the subscriber opt in anew, before this deletion arrives.
     */
    private CompletionStage<Void> finishErasure(String pid, Claim claim, List<StoredRow> rows) {
        var timestamp = above(rows);
        return end(pid, claim, rows, List.of(table.deleteAll(pid, timestamp)), timestamp);
    }

    /**
     * Ends a life whose opt-in was never saved: nobody was told of it. What zombies left goes row by row: a deletion of
     * everything, above the writes of a node whose clock is ahead, would hide the next life.
     */
    private CompletionStage<Void> endUnsaved(String pid, Claim claim, List<StoredRow> rows) {
        var timestamp = above(rows);
        var deletions = rows.stream()
                .map(row -> table.delete(pid, row.address(), timestamp))
                .toList();
        return end(pid, claim, rows, deletions, timestamp);
    }

    private CompletionStage<Void> end(
            String pid, Claim claim, List<StoredRow> rows, List<Write> deletions, long timestamp) {
        claims.release(pid, claim);
        return fence(pid, claim)
                .thenCompose(done -> due.delete(Erasure.dueEntries(pid, claim, rows, codec), timestamp))
                .thenCompose(done -> lister.end(rows, codec, timestamp))
                .thenCompose(done -> database.writeInChunks(deletions))
                .thenCompose(done -> incarnations.retire(pid, claim.number()));
    }

    private static long above(List<StoredRow> rows) {
        return rows.stream().mapToLong(StoredRow::writtenAt).max().orElse(0) + 1;
    }
}
