package lethe.broker.forgetting;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.persistence.due.DueIndex.Progress;
import lethe.persistence.seal.EpochKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys each key as soon as it is over and nothing is sealed under it any more: when every slice of the due index
 * has been swept up to the time by which every subscriber was to renew its keys.
 *
 * <p>While the store is away, or takes no writes, nothing can be renewed, so nothing is forgotten: what is in custody
 * comes first. But one subscriber that cannot be loaded does not keep all others from being forgotten: each key waits
 * for it for an hour of a store that is there, with epochs of five minutes, and goes.
 */
final class Forgetter {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetter.class);
    private static final int PATIENCE_IN_EPOCHS = 12;

    private final EpochKeys keys;
    private final Supplier<CompletionStage<Progress>> swept;
    private final Clock clock;

    /** Since when the store is there and takes writes: sweepers store there how far they have come. */
    private volatile Instant there;

    /**
     * For one node's keys.
     *
     * @param swept how far all slices have been dealt with; fails while the store does not answer
     */
    Forgetter(EpochKeys keys, Supplier<CompletionStage<Progress>> swept, Clock clock) {
        this.keys = keys;
        this.swept = swept;
        this.clock = clock;
        this.there = clock.instant();
    }

    /** How far all slices have been dealt with, as the store says; remembers whether it is there. */
    CompletionStage<Progress> swept() {
        return swept.get().whenComplete((progress, failure) -> {
            Instant now = clock.instant();
            Duration twoEpochs = keys.epochs().length().multipliedBy(2);
            if (failure != null || progress.latest().isBefore(now.minus(twoEpochs))) {
                there = now;
            }
        });
    }

    /**
     * Destroys what may go. Blocks.
     *
     * @param until up to when all slices have been dealt with
     * @return whether anything was
     * @throws IOException if the escrow fails
     */
    boolean forget(Instant until) throws IOException {
        boolean any = false;
        Instant patient = clock.instant().minus(keys.epochs().length().multipliedBy(PATIENCE_IN_EPOCHS));
        for (long epoch : keys.overdue()) {
            Instant renewed = keys.renewed(epoch);
            if (!until.isBefore(renewed)) {
                keys.forget(epoch);
                any = true;
            } else if (renewed.isBefore(patient) && there.isBefore(patient)) {
                LOG.error(
                        "a key is forgotten although some subscribers did not renew theirs in {} epochs: what waits for"
                                + " these is lost, and their senders send it again",
                        PATIENCE_IN_EPOCHS);
                keys.forget(epoch);
                any = true;
            }
        }
        return any;
    }
}
