package lethe.oprf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;

/**
 * Numbers under way to their tags, filled up to one of three sizes with elements that stand for nobody. Used once; it
 * does not print.
 *
 * <p>A tagger, and whoever counts bytes on the way to it, sees how many batches of which size somebody asks for, and
 * nothing of what is in them.
 */
public final class Batch {
    private static final int[] SIZES = {10, 100, 250};
    private static final int LARGEST = SIZES[SIZES.length - 1];

    private final List<Blinding> blindings;
    private final List<Element> blinded;

    private Batch(List<Blinding> blindings, List<Element> blinded) {
        this.blindings = blindings;
        this.blinded = blinded;
    }

    /** Whether a batch can have so many elements. */
    public static boolean isSize(int elements) {
        return IntStream.of(SIZES).anyMatch(size -> size == elements);
    }

    /**
     * Numbers in as many parts as they need batches: the largest ones, and for the rest the smallest that holds it.
     *
     * @return together the numbers in their order; none for no numbers
     */
    public static List<List<PlainIdentifier>> split(List<PlainIdentifier> numbers) {
        List<List<PlainIdentifier>> parts = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += LARGEST) {
            parts.add(List.copyOf(numbers.subList(from, Math.min(from + LARGEST, numbers.size()))));
        }
        return parts;
    }

    /**
     * Blinds numbers and fills them up.
     *
     * @param numbers one part of those that were split: at least one, at most 250
     * @param random a cryptographically strong source
     * @throws IllegalArgumentException if they are none, or more
     */
    public static Batch of(List<PlainIdentifier> numbers, RandomGenerator random) {
        if (numbers.isEmpty() || numbers.size() > LARGEST) {
            throw new IllegalArgumentException("a batch has from 1 number to " + LARGEST);
        }
        int size = IntStream.of(SIZES)
                .filter(each -> each >= numbers.size())
                .findFirst()
                .orElseThrow();
        List<Blinding> blindings =
                numbers.stream().map(number -> Blinding.of(number, random)).toList();
        List<Element> blinded =
                new ArrayList<>(blindings.stream().map(Blinding::blinded).toList());
        while (blinded.size() < size) {
            blinded.add(Blinding.nobody(random));
        }
        return new Batch(blindings, List.copyOf(blinded));
    }

    /** What each tagger is asked. */
    public Evaluate request(PinnedKey pinned) {
        return new Evaluate(
                pinned.version(), blinded.stream().map(Element::bytes).toList());
    }

    /**
     * The tags, if the answers are to be believed.
     *
     * @param answers of all taggers of the key, at least one, in any order
     */
    public Tagging finish(PinnedKey pinned, List<Evaluation> answers) {
        List<Part> parts = new ArrayList<>();
        for (Evaluation answer : answers) {
            if (answer.version() != pinned.version()) {
                return new Tagging.Refused(Fault.OTHER_VERSION);
            }
            Optional<Part> part = part(answer);
            if (part.isEmpty()) {
                return new Tagging.Refused(Fault.MALFORMED);
            }
            parts.add(part.get());
        }
        Combination combined = Combination.of(pinned.key(), blinded, parts);
        return combined instanceof Combination.Whole whole
                ? new Tagging.Tags(tags(whole.elements()))
                : new Tagging.Refused(((Combination.Refused) combined).fault());
    }

    private static Optional<Part> part(Evaluation answer) {
        return PublicKey.decode(answer.key())
                .flatMap(key -> Proof.decode(answer.proof())
                        .flatMap(proof -> Element.decodeAll(answer.evaluated())
                                .map(elements -> new Part(key, new Evaluated(elements, proof)))));
    }

    private List<Tag> tags(List<Element> evaluated) {
        return IntStream.range(0, blindings.size())
                .mapToObj(i -> blindings.get(i).finish(evaluated.get(i)))
                .toList();
    }

    /** Overwrites its numbers. No tags are to be had of it any more. */
    public void wipe() {
        blindings.forEach(Blinding::wipe);
    }

    @Override
    public String toString() {
        return "Batch[***]";
    }
}
