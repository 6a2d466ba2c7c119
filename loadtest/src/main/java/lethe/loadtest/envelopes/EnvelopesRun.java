package lethe.loadtest.envelopes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A drill: each kind of attack in turn, and after each round the envelope as it was. */
public final class EnvelopesRun {
    private static final Attack[] ATTACKS = Attack.values();
    private static final int REPORTS = 10;

    private final EnvelopesPlan plan;
    private final Scene scene;
    private final Consumer<String> progress;
    private final Map<String, Integer> tried = new HashMap<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private int thrown;
    private int controls;
    private int opened;

    /**
     * A drill.
     *
     * @param doors of the phones
     * @param progress told in a line how far it is
     */
    public EnvelopesRun(EnvelopesPlan plan, Door.Maker doors, Consumer<String> progress) {
        this.plan = plan;
        this.scene = new Scene(new Random(plan.seed()), doors);
        this.progress = progress;
    }

    /** Makes it, once. */
    public EnvelopesReport run() {
        int step = Math.max(1, plan.count() / REPORTS);
        for (int i = 0; i < plan.count(); i++) {
            attack(ATTACKS[i % ATTACKS.length]);
            if (i % ATTACKS.length == ATTACKS.length - 1 || i == plan.count() - 1) {
                control();
            }
            if ((i + 1) % step == 0) {
                progress.accept(i + 1 + " of " + plan.count() + " attacks");
            }
        }
        return new EnvelopesReport(plan.count(), tried, accepted, thrown, refusals, controls, opened, plan.seed());
    }

    private void attack(Attack attack) {
        tried.merge(attack.word(), 1, Integer::sum);
        try {
            Optional<String> refusal = scene.attempt(attack);
            refusal.ifPresentOrElse(
                    reason -> refusals.merge(reason, 1, Integer::sum),
                    () -> accepted.merge(attack.word(), 1, Integer::sum));
        } catch (RuntimeException defect) {
            // What a phone must never do, whatever it is handed; the drill goes on to count how often.
            thrown++;
            refusals.merge(defect.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    private void control() {
        controls++;
        try {
            opened += scene.finish() ? 1 : 0;
        } catch (RuntimeException defect) {
            thrown++;
        }
    }
}
