package lethe.registrar.tagger;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.oprf.Batch;
import lethe.oprf.PinnedKey;
import lethe.oprf.Tagging;

/** Whoever asks for tags, in tests. */
final class Asking {
    private Asking() {}

    static List<PlainIdentifier> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+49151" + (10_000_000 + i)))
                .toList();
    }

    static PinnedKey pinned(Keyring keys, int version) {
        return new PinnedKey(version, keys.find(version).orElseThrow().publicKey());
    }

    /** A batch of ten, three of them numbers. */
    static Evaluate request(PinnedKey pinned) {
        return Batch.of(numbers(3), new Random(1)).request(pinned);
    }

    /** What taggers with these keys make of three numbers, for one who has pinned a key. */
    static Tagging ask(PinnedKey pinned, Keyring... taggers) {
        Random random = new Random(7);
        Batch batch = Batch.of(numbers(3), random);
        List<Evaluation> answers = Stream.of(taggers)
                .map(keys -> new Tagger(keys, random, Admission.everybody()).evaluate(batch.request(pinned)))
                .map(verdict -> ((Tagger.Verdict.Made) verdict).evaluation())
                .toList();
        return batch.finish(pinned, answers);
    }

    static List<Tag> tags(PinnedKey pinned, Keyring... taggers) {
        return ((Tagging.Tags) ask(pinned, taggers)).tags();
    }
}
