package lethe.registrar.tagger;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.oprf.Batch;
import lethe.oprf.Element;
import lethe.oprf.Evaluated;
import lethe.oprf.SecretKey;

/** Evaluates batches, or says why not. Safe for use by many threads. */
final class Tagger {
    private final Keyring keys;
    private final RandomGenerator random;
    private final Admission admission;

    /**
     * With the keys in force.
     *
     * @param random a cryptographically strong source, safe for use by many threads
     */
    Tagger(Keyring keys, RandomGenerator random, Admission admission) {
        this.keys = keys;
        this.random = random;
        this.admission = admission;
    }

    /** What came of a batch. */
    sealed interface Verdict {
        record Made(Evaluation evaluation) implements Verdict {}

        record Refused(Problem problem) implements Verdict {}
    }

    /** Evaluates a batch of one of the padded sizes, all of it or nothing. */
    Verdict evaluate(Evaluate request) {
        Optional<SecretKey> key = keys.find(request.version());
        if (key.isEmpty()) {
            return new Verdict.Refused(Problem.of(ProblemType.KEY_VERSION));
        }
        if (!Batch.isSize(request.blinded().size())) {
            return new Verdict.Refused(Problem.of(ProblemType.BATCH_SIZE));
        }
        // Before the first multiplication: what is counted is what costs.
        Optional<Problem> refusal = admission.refusal(request);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        Optional<List<Element>> blinded = Element.decodeAll(request.blinded());
        if (blinded.isEmpty()) {
            return new Verdict.Refused(Problem.of(ProblemType.NOT_AN_ELEMENT));
        }
        return new Verdict.Made(evaluation(request.version(), key.get(), blinded.get()));
    }

    private Evaluation evaluation(int version, SecretKey key, List<Element> blinded) {
        Evaluated evaluated = key.evaluate(blinded, random);
        return new Evaluation(
                version,
                key.publicKey().element().bytes(),
                evaluated.elements().stream().map(Element::bytes).toList(),
                evaluated.proof().bytes());
    }

    Keyring keys() {
        return keys;
    }
}
