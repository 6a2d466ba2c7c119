package lethe.client.tagging;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import lethe.client.http.Answer;
import lethe.client.http.TaggerHttp;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.oprf.Batch;
import lethe.oprf.PinnedKey;
import lethe.oprf.Tagging;

/**
 * Asks the taggers of one key for the tags of numbers, batch after batch. Opens nothing before it is asked.
 *
 * <p>All taggers are shown the same batch at the same time. One refusal, silence or doubtful answer ends it: a part of
 * the tags is no use, and whoever asks again asks for all.
 */
public final class TagClient {
    private final PinnedKey pinned;
    private final List<TaggerHttp> taggers;
    private final Executor executor;
    private final RandomGenerator random;
    private final UnaryOperator<Evaluate> permission;

    /**
     * For one key, and taggers that want no permit.
     *
     * @param taggers all that have a share of it; one, if it is not split
     * @param executor for the mathematics: about a millisecond of a processor a number
     * @param random a cryptographically strong source
     * @throws IllegalArgumentException if there is no tagger
     */
    public TagClient(PinnedKey pinned, List<TaggerHttp> taggers, Executor executor, RandomGenerator random) {
        this(pinned, taggers, executor, random, UnaryOperator.identity());
    }

    private TagClient(
            PinnedKey pinned,
            List<TaggerHttp> taggers,
            Executor executor,
            RandomGenerator random,
            UnaryOperator<Evaluate> permission) {
        if (taggers.isEmpty()) {
            throw new IllegalArgumentException("tags are made by at least one tagger");
        }
        this.pinned = pinned;
        this.taggers = List.copyOf(taggers);
        this.executor = executor;
        this.random = random;
        this.permission = permission;
    }

    /**
     * The same, that shows a permit with each batch.
     *
     * @param clock that is not wrong by more than {@link lethe.core.permit.Permission#WINDOW}
     */
    public TagClient showing(HeldPermit permit, Clock clock) {
        return new TagClient(pinned, taggers, executor, random, batch -> permit.show(batch, clock.instant(), random));
    }

    /**
     * The tags of numbers.
     *
     * @param numbers of the kind {@link PlainIdentifier.Kind#NUMBER}, in E.164, as the phone's own rules made them
     */
    public CompletionStage<TagAnswer> tags(List<PlainIdentifier> numbers) {
        return further(Batch.split(numbers), List.of());
    }

    private CompletionStage<TagAnswer> further(List<List<PlainIdentifier>> parts, List<Tag> tags) {
        if (parts.isEmpty()) {
            return CompletableFuture.completedFuture(new TagAnswer.Tags(tags));
        }
        return CompletableFuture.supplyAsync(() -> Batch.of(parts.get(0), random), executor)
                .thenCompose(this::ask)
                .thenCompose(answer -> answer instanceof TagAnswer.Tags more
                        ? further(parts.subList(1, parts.size()), both(tags, more.tags()))
                        : CompletableFuture.completedFuture(answer));
    }

    private static List<Tag> both(List<Tag> tags, List<Tag> more) {
        return Stream.concat(tags.stream(), more.stream()).toList();
    }

    private CompletionStage<TagAnswer> ask(Batch batch) {
        Evaluate request = permission.apply(batch.request(pinned));
        List<CompletableFuture<Answer<Evaluation>>> asked = taggers.stream()
                .map(tagger -> tagger.evaluate(request).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
                .thenApplyAsync(
                        all -> judged(
                                batch,
                                asked.stream().map(CompletableFuture::join).toList()),
                        executor)
                .whenComplete((answer, failure) -> batch.wipe());
    }

    private TagAnswer judged(Batch batch, List<Answer<Evaluation>> answers) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (Answer<Evaluation> answer : answers) {
            if (answer instanceof Answer.Refused<Evaluation> refused) {
                return new TagAnswer.Refused(refused.problem());
            }
            if (answer instanceof Answer.Unreachable<Evaluation> unreachable) {
                return new TagAnswer.Unreachable(unreachable.why());
            }
            evaluations.add(((Answer.Good<Evaluation>) answer).value());
        }
        Tagging tagging = batch.finish(pinned, evaluations);
        return tagging instanceof Tagging.Tags tags
                ? new TagAnswer.Tags(tags.tags())
                : new TagAnswer.NotBelieved(((Tagging.Refused) tagging).fault());
    }
}
