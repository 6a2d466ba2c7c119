package lethe.persistence.plugin;

import akka.Done;
import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.ExtensionIdProvider;
import akka.serialization.SerializationExtension;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.persistence.audit.Lifetimes;
import lethe.persistence.audit.RetentionAuditor;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.due.DueIndex;
import lethe.persistence.fence.FencedStore;
import lethe.persistence.fence.Losses;
import lethe.persistence.hygiene.Finding;
import lethe.persistence.hygiene.Hygiene;
import lethe.persistence.lookup.ListingTable;
import lethe.persistence.lookup.PublishedTable;
import lethe.persistence.policy.PolicyTable;
import lethe.persistence.seal.RowSealer;
import lethe.persistence.seal.Unsealed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of an actor system that talks to Cassandra: one session, opened once, closed with the system.
 *
 * <p>Opens, migrates and prepares in the background. What is asked earlier waits; {@link #ready} says how it went.
 */
public final class LetheStore implements Extension {

    private static final Logger LOG = LoggerFactory.getLogger(LetheStore.class);
    private static final Id ID = new Id();

    private final CassandraSettings settings;
    private final Losses losses = new Losses();
    private final CompletionStage<Parts> parts;

    private record Parts(
            Database database,
            FencedStore fenced,
            DueIndex due,
            PolicyTable policies,
            EventTable events,
            SnapshotTable snapshots) {}

    private LetheStore(ExtendedActorSystem system) {
        settings = CassandraSettings.from(system.settings().config());
        var opened = Database.open(settings);
        system.registerOnTermination(() -> opened.thenCompose(Database::closeAsync));
        parts = opened.thenCompose(Schema::migrate).thenCompose(database -> prepare(database, losses, system));
    }

    /** The store of an actor system. */
    public static LetheStore get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** Completes when the tables are there and all statements prepared; fails if that did not work out. */
    public CompletionStage<Done> ready() {
        return parts.thenApply(done -> Done.done());
    }

    /** Whether Cassandra answers now; false too while the tables are not ready. Never fails. */
    public CompletionStage<Boolean> answers(Duration within) {
        return parts.toCompletableFuture().isDone()
                ? parts.thenCompose(ready -> ready.database.answers(within)).exceptionally(failure -> false)
                : CompletableFuture.completedFuture(false);
    }

    public CassandraSettings settings() {
        return settings;
    }

    /** What is due when. */
    public CompletionStage<DueIndex> due() {
        return parts.thenApply(Parts::due);
    }

    /** What the operator has raised. */
    public CompletionStage<PolicyTable> policies() {
        return parts.thenApply(Parts::policies);
    }

    /** Who is listed. */
    public CompletionStage<ListingTable> listings() {
        return parts.thenCompose(ready -> ListingTable.prepare(ready.database));
    }

    /** What was published of it. */
    public CompletionStage<PublishedTable> published() {
        return parts.thenCompose(ready -> PublishedTable.prepare(ready.database));
    }

    /** Prekeys of a fenced entity that is in memory here; those that are there. */
    public CompletionStage<Map<PrekeyRef, Prekey>> prekeys(String persistenceId, Collection<PrekeyRef> wanted) {
        return fenced(store -> store.prekeys(persistenceId, wanted));
    }

    /** Who counts what is stored. */
    public CompletionStage<RetentionAuditor> auditor(Lifetimes lifetimes) {
        return parts.thenCompose(ready -> RetentionAuditor.prepare(ready.database, lifetimes, Clock.systemUTC()));
    }

    /**
     * The entity's actor stopped, for whatever reason: to be called on PostStop and PreRestart, so that nothing of it
     * stays in memory.
     */
    public void released(String persistenceId) {
        parts.thenAccept(ready -> ready.fenced.released(persistenceId));
    }

    /** What to change of Cassandra, of this machine and of this Java so that they keep no copies; empty if nothing. */
    public CompletionStage<List<Finding>> findings() {
        return parts.thenCompose(ready -> Hygiene.look(ready.database));
    }

    /** How many fenced entities with rows this JVM remembers. */
    public CompletionStage<Integer> claimsRemembered() {
        return parts.thenApply(ready -> ready.fenced.claimsRemembered());
    }

    /** What this JVM could not give back of what was stored. */
    public Losses losses() {
        return losses;
    }

    <T> CompletionStage<T> fenced(Function<FencedStore, CompletionStage<T>> use) {
        return parts.thenCompose(ready -> use.apply(ready.fenced));
    }

    <T> CompletionStage<T> events(Function<EventTable, CompletionStage<T>> use) {
        return parts.thenCompose(ready -> use.apply(ready.events));
    }

    <T> CompletionStage<T> snapshots(Function<SnapshotTable, CompletionStage<T>> use) {
        return parts.thenCompose(ready -> use.apply(ready.snapshots));
    }

    private static CompletionStage<Parts> prepare(Database database, Losses losses, ExtendedActorSystem system) {
        var clock = Clock.systemUTC();
        var serialization = SerializationExtension.get(system);
        return DueIndex.prepare(database, clock)
                .thenCompose(due -> FencedStore.prepare(database, due, sealer(system), losses, clock)
                        .thenCompose(fenced -> PolicyTable.prepare(database)
                                .thenCompose(policies -> EventTable.prepare(database, serialization)
                                        .thenCombine(
                                                SnapshotTable.prepare(database, serialization),
                                                (events, snapshots) -> new Parts(
                                                        database, fenced, due, policies, events, snapshots)))));
    }

    /** Our brokers are made with a setup, always. */
    private static RowSealer sealer(ExtendedActorSystem system) {
        return system.settings()
                .setup()
                .get(StoreSetup.class)
                .map(StoreSetup::sealer)
                .orElseGet(() -> {
                    LOG.warn("this actor system has no StoreSetup: what it stores is not sealed");
                    return new Unsealed();
                });
    }

    private static final class Id extends AbstractExtensionId<LetheStore> implements ExtensionIdProvider {
        @Override
        public Id lookup() {
            return this;
        }

        @Override
        public LetheStore createExtension(ExtendedActorSystem system) {
            return new LetheStore(system);
        }
    }
}
