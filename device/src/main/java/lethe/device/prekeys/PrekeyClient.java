package lethe.device.prekeys;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lethe.client.http.Answer;
import lethe.core.identity.Tag;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the phone's prekeys at the broker, and gets those of others. Each question opens a connection, and needs a
 * phone that has opted in. Safe for use by many threads.
 */
public final class PrekeyClient {
    private final BrokerHttp http;

    public PrekeyClient(BrokerHttp http) {
        this.http = http;
    }

    /** What the phone has at the broker. */
    public CompletionStage<Answer<PrekeysLeft>> left() {
        return http.prekeys();
    }

    /**
     * Leaves prekeys, in as many requests as they need. After a break the same batch may be published again: what the
     * broker has taken it does not take a second time.
     *
     * @return what there is now; or the first refusal, with the parts before it taken
     */
    public CompletionStage<Answer<PrekeysLeft>> publish(PrekeyBatch batch) {
        List<PrekeyBatch> parts = PrekeyParts.of(batch, -1);
        return parts.isEmpty() ? http.prekeys() : publish(batch, parts, -1);
    }

    /** Goes on only as long as the broker says that it has taken more than it had. */
    private CompletionStage<Answer<PrekeysLeft>> publish(PrekeyBatch whole, List<PrekeyBatch> parts, long known) {
        List<PrekeyBatch> rest = parts.subList(1, parts.size());
        return http.publish(parts.get(0)).thenCompose(answer -> {
            Optional<Long> taken = takenBefore(answer, whole).filter(highest -> highest > known);
            if (taken.isPresent()) {
                List<PrekeyBatch> above = PrekeyParts.of(whole, taken.get());
                // Without the answer to this, or to what followed, the phone did not know it.
                return above.isEmpty() ? http.prekeys() : publish(whole, above, taken.get());
            }
            return answer instanceof Answer.Good && !rest.isEmpty()
                    ? publish(whole, rest, known)
                    : CompletableFuture.completedFuture(answer);
        });
    }

    /** Up to where the broker has taken this very batch. An id that is not of the batch says that it is another one. */
    private static Optional<Long> takenBefore(Answer<PrekeysLeft> answer, PrekeyBatch whole) {
        if (!(answer instanceof Answer.Refused<PrekeysLeft> refused)) {
            return Optional.empty();
        }
        Problem problem = refused.problem();
        Long highest = problem.limit();
        return problem.type() == ProblemType.PREKEY_IDS
                        && highest != null
                        && whole.ids().anyMatch(id -> id == highest)
                ? Optional.of(highest)
                : Optional.empty();
    }

    /**
     * Asks what is left, and publishes what the source makes of that.
     *
     * @param executor on which the source is called
     */
    public CompletionStage<Answer<PrekeysLeft>> topUp(PrekeySource source, Executor executor) {
        return http.prekeys().thenComposeAsync(answer -> topUp(source, answer), executor);
    }

    private CompletionStage<Answer<PrekeysLeft>> topUp(PrekeySource source, Answer<PrekeysLeft> answer) {
        if (!(answer instanceof Answer.Good<PrekeysLeft> good)) {
            return CompletableFuture.completedFuture(answer);
        }
        PrekeyBatch batch = source.refill(good.value());
        return batch.isEmpty() ? CompletableFuture.completedFuture(answer) : publish(batch);
    }

    /**
     * Somebody's devices, with a prekey of each.
     *
     * @param suites that this phone can use, best first
     * @param known what was kept of that address; null if nothing was: then whatever account it is, is believed
     */
    public CompletionStage<BundleResult> bundle(Tag tag, List<Integer> suites, Bodies.@Nullable AccountDevices known) {
        return http.bundle(tag, new PrekeyBodies.BundleRequest(suites))
                .thenApply(answer -> judged(answer, tag, suites, known));
    }

    private static BundleResult judged(
            Answer<PrekeyBodies.Bundle> answer, Tag tag, List<Integer> suites, Bodies.@Nullable AccountDevices known) {
        if (answer instanceof Answer.Refused<PrekeyBodies.Bundle> refused) {
            return new BundleResult.Refused(refused.problem());
        }
        if (!(answer instanceof Answer.Good<PrekeyBodies.Bundle> good)) {
            return new BundleResult.Unreachable(((Answer.Unreachable<?>) answer).why());
        }
        PrekeyBodies.Bundle bundle = good.value();
        return BundleFault.in(bundle, tag, suites, known)
                .<BundleResult>map(BundleResult.NotBelieved::new)
                .orElseGet(() ->
                        new BundleResult.Good(bundle, new Bodies.AccountDevices(bundle.account(), bundle.list())));
    }
}
