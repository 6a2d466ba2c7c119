package lethe.broker.forgetting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lethe.persistence.seal.EpochKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys each key as soon as it is over and nothing is sealed under it any more: when every slice of the due index
 * has been swept up to the time by which every subscriber was to renew its keys.
 *
 * <p>While the store is away nothing can be renewed, so nothing is forgotten: what is in custody comes first. But one
 * subscriber that cannot be loaded does not keep all others from being forgotten: after an hour of a store that
 * answers, with epochs of five minutes, the key goes.
 */
final class Forgetter {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetter.class);
    private static final int PATIENCE_IN_EPOCHS = 12;

    private final EpochKeys keys;
    private final Supplier<CompletionStage<Instant>> swept;
    private final Clock clock;

    /** Since when the store answers. */
    private volatile Instant answering;

    /**
     * For one node's keys.
     *
     * @param swept up to when all slices have been dealt with; fails while the store does not answer
     */
    Forgetter(EpochKeys keys, Supplier<CompletionStage<Instant>> swept, Clock clock) {
        this.keys = keys;
        this.swept = swept;
        this.clock = clock;
        this.answering = clock.instant();
    }

    /** Up to when all has been dealt with, as the store says; the failure is remembered. */
    CompletionStage<Instant> swept() {
        return swept.get().whenComplete((until, failure) -> {
            if (failure != null) {
                answering = clock.instant();
            }
        });
    }

    /**
     * Destroys what may go. Blocks.
     *
     * @throws IOException if the escrow fails
     */
    void forget(Instant until) throws IOException {
        List<Long> overdue = keys.overdue();
        Instant patient = clock.instant().minus(keys.epochs().length().multipliedBy(PATIENCE_IN_EPOCHS));
        for (long epoch : overdue) {
            Instant renewed = keys.epochs().allRenewed(epoch);
            if (!until.isBefore(renewed)) {
                keys.forget(epoch);
            } else if (renewed.isBefore(patient) && answering.isBefore(patient)) {
                LOG.error(
                        "a key is forgotten although some subscribers did not renew theirs in {} epochs: what waits for"
                                + " these is lost, and their senders send it again",
                        PATIENCE_IN_EPOCHS);
                keys.forget(epoch);
            }
        }
    }
}
