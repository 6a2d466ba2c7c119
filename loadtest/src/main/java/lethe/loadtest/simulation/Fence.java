package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Says;
import lethe.loadtest.simulation.Store.Claimed;
import lethe.loadtest.simulation.Store.NotConfirmed;

/**
 * How one node loads and saves subscribers so that one incarnation writes at a time. Follows the rules of
 * {@code persistence.fence} step by step, in a model of its own: the code there is bound to the driver of Cassandra.
 * Leaves out the due index, the list of contacts, and prekeys.
 */
final class Fence {
    private final Node node;
    private final Store store;
    private final EpochKeys keys;
    private final Dice dice;
    private final boolean asks;
    private final Consumer<MessageId> losses;
    private final Map<Integer, Claim> claims = new LinkedHashMap<>();

    /**
     * What a recovering owner gets.
     *
     * @param sequence number of the last event that the state contains
     */
    record Loaded(long sequence, SubscriberState state) {}

    /**
     * Of a node that has just begun.
     *
     * @param asks whether it asks for later incarnations, as it must
     * @param losses hears which envelopes cannot be opened any more
     */
    Fence(Node node, Store store, EpochKeys keys, Dice dice, boolean asks, Consumer<MessageId> losses) {
        this.node = node;
        this.store = store;
        this.keys = keys;
        this.dice = dice;
        this.asks = asks;
        this.losses = losses;
    }

    /** Claims a subscriber and reads it. Empty when there is no state. */
    CompletableFuture<Optional<Loaded>> load(int subscriber) {
        claims.remove(subscriber);
        return claim(subscriber)
                .thenCompose(claimed -> claimed.isPresent()
                        ? read(subscriber, claimed.get())
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /** The owner has stopped. */
    void released(int subscriber) {
        claims.remove(subscriber);
    }

    /** Accepts events that the next save will say. The first of a new life must be an opt-in. */
    CompletableFuture<Void> accept(int subscriber, SubscriberEvent first) {
        Claim claim = claims.get(subscriber);
        if (claim != null) {
            return claim.superseded ? refused() : CompletableFuture.completedFuture(null);
        }
        return first instanceof SubscriberEvent.OptedIn ? begin(subscriber).thenApply(begun -> null) : refused();
    }

    /**
     * Stores what changed. Completes when it is durable and no later incarnation had claimed the subscriber by then.
     */
    CompletableFuture<Void> save(int subscriber, long sequence, SubscriberState state) {
        Claim claim = claims.get(subscriber);
        if (claim == null || claim.superseded) {
            return refused();
        }
        if (!state.changes().erase()) {
            return saveChanges(subscriber, claim, sequence, state);
        }
        return erase(subscriber, claim, sequence)
                .thenCompose(done -> state.head().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : begin(subscriber).thenCompose(life -> saveChanges(subscriber, life, sequence, state)));
    }

    private CompletableFuture<Optional<Claimed>> claim(int subscriber) {
        return store.insist(node, () -> store.current(subscriber)).thenCompose(current -> {
            if (current.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            long predecessor = current.get().number();
            long number = Math.max(predecessor + 1, node.clock().millis());
            Claimed wanted = new Claimed(number, predecessor, current.get().born());
            return store.ask(node, () -> store.claim(subscriber, wanted))
                    .thenCompose(applied ->
                            applied ? CompletableFuture.completedFuture(Optional.of(wanted)) : claim(subscriber));
        });
    }

    private CompletableFuture<Claim> begin(int subscriber) {
        long number = node.clock().millis();
        return store.ask(node, () -> store.begin(subscriber, number)).thenCompose(begun -> {
            if (begun.isEmpty()) {
                return refused();
            }
            Claim claim = Claim.withoutHead(number, number, node.clock());
            claims.put(subscriber, claim);
            return CompletableFuture.completedFuture(claim);
        });
    }

    private CompletableFuture<Optional<Loaded>> read(int subscriber, Claimed claimed) {
        LongPredicate isAlive = keys::isAlive;
        return store.insist(node, () -> store.partition(subscriber).rows())
                .thenCompose(rows -> take(subscriber, claimed, rows, Reading.of(rows, claimed.born(), isAlive)));
    }

    private CompletableFuture<Optional<Loaded>> take(int subscriber, Claimed claimed, List<Row> rows, Reading reading) {
        if (reading.highestIncarnation() > claimed.number()) {
            return refused();
        }
        Claim claim = reading.hasHead()
                ? Claim.of(reading, claimed.number(), claimed.born(), node.clock())
                : Claim.withoutHead(claimed.number(), claimed.born(), node.clock());
        if (!reading.hasHead() || reading.isErased()) {
            return end(subscriber, claim, rows, reading.isErased()).thenApply(done -> Optional.empty());
        }
        claims.put(subscriber, claim);
        SubscriberState state = reading.state(claimed.number()).orElseThrow();
        state.lost().forEach(losses);
        Loaded loaded = new Loaded(reading.headSequence(), state);
        return deleteRemains(subscriber, claim, reading.remains())
                .thenCompose(done -> reading.rulingIncarnation() == claimed.predecessor()
                        ? CompletableFuture.completedFuture(null)
                        : saveChanges(subscriber, claim, loaded.sequence(), state))
                .thenApply(done -> Optional.of(loaded));
    }

    private CompletableFuture<Void> deleteRemains(int subscriber, Claim claim, Set<Address> remains) {
        return remains.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : fence(subscriber, claim).thenRun(() -> deleteRows(subscriber, claim, remains));
    }

    private CompletableFuture<Void> saveChanges(int subscriber, Claim claim, long sequence, SubscriberState state) {
        if (!claim.accepts(state.incarnation())) {
            return refused();
        }
        SavePlan plan = SavePlan.of(claim, sequence, state, keys.epoch(), dice.oneIn(3));
        Partition partition = store.partition(subscriber);
        return store.insist(node, () -> plan.first(partition))
                .thenCompose(done -> store.insist(node, () -> plan.last(partition)))
                .thenCompose(done -> fence(subscriber, claim))
                .thenCompose(done -> beVisible(subscriber, claim))
                .thenRun(() -> {
                    claim.headStored = true;
                    var unused = store.ask(node, () -> plan.after(partition))
                            .thenRun(() -> claim.gone.removeAll(plan.gone()));
                    deleteRows(subscriber, claim, claim.takeGhosts());
                });
    }

    /** An erasure by a node whose clock is ahead may hide the first head of the next life. */
    private CompletableFuture<Void> beVisible(int subscriber, Claim claim) {
        if (claim.recovered || claim.headStored) {
            return CompletableFuture.completedFuture(null);
        }
        return store.insist(node, () -> store.partition(subscriber).has(Address.head(claim.number)))
                .thenCompose(visible -> visible ? CompletableFuture.completedFuture(null) : refused());
    }

    /** Fails unless the claim is the latest. */
    private CompletableFuture<Void> fence(int subscriber, Claim claim) {
        return store.insist(node, () -> store.isCurrent(subscriber, claim.number))
                .thenCompose(current -> {
                    if (asks && !current) {
                        claim.superseded = true;
                        return refused();
                    }
                    return CompletableFuture.completedFuture(null);
                });
    }

    private void deleteRows(int subscriber, Claim claim, Set<Address> addresses) {
        long timestamp = claim.timestamp();
        List<Address> all = new ArrayList<>(new LinkedHashSet<>(addresses));
        var unused = store.ask(node, () -> {
            all.forEach(address -> store.partition(subscriber).delete(address, timestamp));
            return true;
        });
    }

    /** First says durably that all is withdrawn, then deletes. */
    private CompletableFuture<Void> erase(int subscriber, Claim claim, long sequence) {
        Row head = new Row(Address.head(claim.number), claim.life, sequence, new Says.OfErasure(), claim.timestamp());
        Partition partition = store.partition(subscriber);
        return store.insist(node, () -> {
                    partition.write(head);
                    return true;
                })
                .thenCompose(done -> fence(subscriber, claim))
                .thenCompose(done -> store.insist(node, partition::rows))
                .thenCompose(rows -> end(subscriber, claim, rows, true));
    }

    /** Ends a life: deletes what was read and nothing that came later. */
    private CompletableFuture<Void> end(int subscriber, Claim claim, List<Row> rows, boolean everything) {
        long timestamp = rows.stream().mapToLong(Row::writtenAt).max().orElse(0) + 1;
        Partition partition = store.partition(subscriber);
        claims.remove(subscriber, claim);
        return fence(subscriber, claim)
                .thenCompose(done -> store.insist(node, () -> {
                    if (everything) {
                        partition.deleteAll(timestamp);
                    } else {
                        rows.forEach(row -> partition.delete(row.address(), timestamp));
                    }
                    return true;
                }))
                .thenCompose(done -> store.ask(node, () -> {
                    store.retire(subscriber, claim.number);
                    return true;
                }))
                .thenApply(done -> null);
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new NotConfirmed());
    }
}
