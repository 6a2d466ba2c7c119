package lethe.persistence.plugin;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.cassandra.Write;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's journal on Cassandra. Of fenced entities it keeps nothing: the snapshot that follows says what the events
 * said, and until it is stored they have not happened. Events of all others go to a table.
 */
public final class LetheJournal extends AsyncWriteJournal {

    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedFuture(null);

    private final LetheStore store = LetheStore.get(context().system());

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        var writes = StreamSupport.stream(messages.spliterator(), false).toList();
        // One actor asks, so one id.
        var fenced =
                !writes.isEmpty() && store.settings().isFenced(writes.get(0).persistenceId());
        return FutureConverters.asScala(fenced ? accept(writes.get(0)) : insert(writes));
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return FutureConverters.asScala(
                store.settings().isFenced(persistenceId)
                        ? NOTHING
                        : store.events(events -> events.deleteTo(persistenceId, toSequenceNr)));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId,
            long fromSequenceNr,
            long toSequenceNr,
            long max,
            Consumer<PersistentRepr> replayCallback) {
        return FutureConverters.asScala(
                store.settings().isFenced(persistenceId)
                        ? NOTHING
                        : store.events(events ->
                                events.replay(persistenceId, fromSequenceNr, toSequenceNr, max, replayCallback)));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return FutureConverters.asScala(
                store.settings().isFenced(persistenceId)
                        ? store.fenced(
                                fenced -> CompletableFuture.completedFuture(fenced.loadedSequence(persistenceId)))
                        : store.events(events -> events.highestSequence(persistenceId)));
    }

    private CompletionStage<Iterable<Optional<Exception>>> accept(AtomicWrite write) {
        var first = (SubscriberEvent) write.payload().head().payload();
        return store.fenced(fenced -> fenced.accept(write.persistenceId(), first))
                .thenApply(done -> List.of());
    }

    private CompletionStage<Iterable<Optional<Exception>>> insert(List<AtomicWrite> writes) {
        return store.events(events -> {
            var results = new ArrayList<Optional<Exception>>();
            CompletionStage<Void> written = CompletableFuture.completedFuture(null);
            for (var write : writes) {
                List<Write> statements;
                try {
                    statements = CollectionConverters.asJava(write.payload()).stream()
                            .map(events::insertion)
                            .toList();
                    results.add(Optional.empty());
                } catch (Exception notSerializable) {
                    // Akka's contract: rejected, and the writes beside it are stored.
                    results.add(Optional.of(notSerializable));
                    continue;
                }
                written = written.thenCompose(done -> events.write(statements));
            }
            return written.thenApply(done -> List.copyOf(results));
        });
    }
}
