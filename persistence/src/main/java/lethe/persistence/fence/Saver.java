package lethe.persistence.fence;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.persistence.cassandra.Database;
import lethe.persistence.due.DueIndex;
import lethe.persistence.row.RowAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the plan of a save: due entries, rows, head, then the fence, then deletions. */
final class Saver {

    private static final Logger LOG = LoggerFactory.getLogger(Saver.class);

    private final Database database;
    private final Incarnations incarnations;
    private final SubscriberTable table;
    private final DueIndex due;

    Saver(Database database, Incarnations incarnations, SubscriberTable table, DueIndex due) {
        this.database = database;
        this.incarnations = incarnations;
        this.table = table;
        this.due = due;
    }

    /** Completes when the plan is durable and the fence has answered; the deletions follow by themselves. */
    CompletionStage<Void> perform(String pid, Claim claim, SavePlan plan) {
        return due.add(plan.due(), claim.number())
                .thenCompose(done -> database.writeInChunks(plan.first()))
                .thenCompose(done -> database.write(plan.last()))
                .thenCompose(done -> fence(pid, claim))
                .thenCompose(done -> beVisible(pid, claim))
                .thenRun(() -> {
                    claim.headStored();
                    deleteGone(claim, plan);
                    deleteRows(pid, claim, claim.takeGhosts());
                });
    }

    /**
     * A life begins above the tombstone of the one before. A node whose clock is ahead may have erased that one: what
     * is written now lies below its deletion, and nobody would ever read it.
     */
    private CompletionStage<Void> beVisible(String pid, Claim claim) {
        if (claim.isRecovered() || claim.hasStoredHead()) {
            return CompletableFuture.completedFuture(null);
        }
        return table.isVisible(pid, RowAddress.head(claim.number()))
                .thenCompose(visible -> visible
                        ? CompletableFuture.completedFuture(null)
                        : SupersededException.failed(
                                "an erasure by a node whose clock is ahead hides what is written: set the clocks"));
    }

    /** Fails unless the claim is the latest: whatever was written before this question counts. */
    CompletionStage<Void> fence(String pid, Claim claim) {
        return incarnations.isCurrent(pid, claim.number()).thenCompose(current -> {
            if (!current) {
                claim.supersede();
                return SupersededException.failed("a later incarnation claimed the entity");
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Not awaited: the head names these rows as gone until it is known that they are. */
    private void deleteGone(Claim claim, SavePlan plan) {
        database.tryInChunks(plan.after())
                .thenCompose(done -> due.delete(plan.undue(), plan.timestamp()))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        claim.deleted(plan.gone());
                        plan.undue().forEach(entry -> claim.undue().remove(entry.at()));
                    } else {
                        LOG.warn(
                                "Cassandra did not delete {} rows; the next save tries again",
                                plan.gone().size(),
                                failure);
                    }
                });
    }

    /** Not awaited: they do not count, deleted or not. */
    void deleteRows(String pid, Claim claim, Set<RowAddress> addresses) {
        var timestamp = claim.clock().next();
        var deletions = addresses.stream()
                .map(address -> table.delete(pid, address, timestamp))
                .toList();
        database.tryInChunks(deletions).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("Cassandra did not delete {} rows; the next recovery tries again", deletions.size(), failure);
            }
        });
    }
}
