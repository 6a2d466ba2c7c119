package lethe.persistence.fence;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.core.subscriber.Head;
import lethe.persistence.lookup.ListingTable;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of who is listed as the heads say.
 *
 * <p>A subscriber is listed after the head that says so is durable and fenced, and unlisted before the head that no
 * longer says it, or together with the erasure: whatever breaks in between, nobody is listed whose head does not say
 * it. What is missing is listed at the next recovery. Statements that arrive late do not matter: a row's timestamp is
 * not above that of the head that it belongs to, and whoever deletes has read that head and writes above it.
 */
final class Lister {

    private static final Logger LOG = LoggerFactory.getLogger(Lister.class);

    /** A subscriber that stays in memory is listed anew, with its next save, when its row has lived so long. */
    private static final int RENEWALS = 4;

    private final ListingTable table;
    private final Clock clock;

    Lister(ListingTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Before a save: unlists whoever is listed and, by the new head, no longer is. */
    CompletionStage<Void> before(Claim claim, Head head) {
        var listed = claim.listed();
        if (listed.isEmpty() || head.listing() != null) {
            return CompletableFuture.completedFuture(null);
        }
        return table.delete(listed.get().entry(), claim.clock().next()).thenRun(claim::unlisted);
    }

    /**
     * After a save: lists whoever is listed by the new head and not yet, or not for long any more. Not awaited.
     *
     * @param timestamp taken from the claim before the save
     */
    void after(Claim claim, Head head, long timestamp) {
        var listing = head.listing();
        var epoch = head.consent().epoch();
        var due = clock.instant().minus(ListingTable.LIFETIME.dividedBy(RENEWALS));
        if (listing != null && !claim.isListed(listing, epoch, due)) {
            list(claim, listing, epoch, timestamp);
        }
    }

    /** After a recovery: lists anew whoever is listed. Not awaited. */
    void renew(Claim claim, Head head, long timestamp) {
        var listing = head.listing();
        if (listing != null) {
            claim.knowsOf(listing);
            list(claim, listing, head.consent().epoch(), timestamp);
        }
    }

    private void list(Claim claim, Listing listing, long epoch, long timestamp) {
        claim.knowsOf(listing);
        table.put(listing, epoch, timestamp).whenComplete((done, failure) -> {
            if (failure == null) {
                claim.listed(listing, epoch, clock.instant());
            } else {
                LOG.warn("Cassandra did not list a subscriber; its next save or recovery tries again", failure);
            }
        });
    }

    /** Unlists whoever the rows of a partition name, the erased ones too. */
    CompletionStage<Void> end(List<StoredRow> rows, RowCodec codec, long timestamp) {
        CompletionStage<Void> unlisted = CompletableFuture.completedFuture(null);
        for (var entry : named(rows, codec)) {
            unlisted = unlisted.thenCompose(done -> table.delete(entry, timestamp));
        }
        return unlisted;
    }

    private static Set<ListedTag> named(List<StoredRow> rows, RowCodec codec) {
        return rows.stream()
                .filter(row -> row.address().kind() == RowKind.HEAD)
                .map(row -> codec.decodeHead(row.payload()))
                .flatMap(head -> head.listing().stream())
                .map(Listing::entry)
                .collect(Collectors.toSet());
    }
}
