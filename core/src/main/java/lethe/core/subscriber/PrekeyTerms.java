package lethe.core.subscriber;

import java.util.Optional;
import lethe.core.limit.Limit;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/** On what terms prekeys are taken. */
public final class PrekeyTerms {
    private PrekeyTerms() {}

    /**
     * Why a batch cannot be taken, all of it; empty if it can.
     *
     * @param known of the same device
     */
    public static Optional<Problem> objection(DevicePrekeys known, PrekeyBatch batch) {
        if (batch.isEmpty()) {
            return malformed("there are no prekeys in it");
        }
        if (batch.ids().distinct().count() < batch.ids().count()) {
            return malformed("a prekey's id is there twice");
        }
        if (batch.lastResort().stream().map(Prekey::suite).distinct().count()
                < batch.lastResort().size()) {
            return malformed("a suite has one last-resort prekey");
        }
        if (batch.ids().anyMatch(id -> id <= known.highest())) {
            return Optional.of(Problem.of(ProblemType.PREKEY_IDS).withLimit(known.highest()));
        }
        if (known.left() + batch.oneTime().size() > DevicePrekeys.MOST) {
            return Optional.of(Problem.of(ProblemType.PREKEYS_FULL)
                    .withLimit(DevicePrekeys.MOST)
                    .by(Limit.DEVICE_PREKEYS));
        }
        return known.with(batch, 0).suites().size() > DevicePrekeys.MOST_SUITES
                ? malformed("a device has prekeys of at most " + DevicePrekeys.MOST_SUITES + " suites")
                : Optional.empty();
    }

    private static Optional<Problem> malformed(String detail) {
        return Optional.of(Problem.of(ProblemType.MALFORMED, detail));
    }
}
