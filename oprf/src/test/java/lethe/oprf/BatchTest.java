package lethe.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch shows one of three sizes, and gives tags for answers that can be believed. */
class BatchTest {
    private static final int VERSION = 7;

    private final Random random = new Random(250);
    private final SecretKey key = SecretKey.draw(random);
    private final PinnedKey pinned = new PinnedKey(VERSION, key.publicKey());
    private final Batch batch = Batch.of(numbers(3), random);
    private final Evaluation honest = answer(key, batch.request(pinned));

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, 10",
        "10, 10",
        "11, 100",
        "100, 100",
        "101, 250",
        "250, 250",
        "251, 250 10",
        "300, 250 100",
        "351, 250 250",
        "511, 250 250 100",
    })
    void isFilledUp(int numbers, String sizes) {
        List<String> padded = Batch.split(numbers(numbers)).stream()
                .map(part -> Batch.of(part, random).request(pinned))
                .map(request -> Integer.toString(request.blinded().size()))
                .toList();

        assertThat(String.join(" ", padded)).isEqualTo(sizes);
    }

    @Test
    void losesNoNumber() {
        List<PlainIdentifier> numbers = numbers(777);

        assertThat(Batch.split(numbers).stream().flatMap(List::stream)).isEqualTo(numbers);
    }

    @Test
    void hasAtLeastOneNumberAndNoMoreThanItHolds() {
        assertThatThrownBy(() -> Batch.of(List.of(), random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Batch.of(numbers(251), random)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasThreeSizes() {
        assertThat(IntStream.range(-1, 1001).filter(Batch::isSize)).containsExactly(10, 100, 250);
    }

    @Test
    void namesTheVersionThatIsPinned() {
        assertThat(batch.request(pinned).version()).isEqualTo(VERSION);
    }

    @Test
    void givesTheTagsOfItsNumbersInTheirOrder() {
        List<PlainIdentifier> numbers = new ArrayList<>(numbers(15));
        List<Tag> tags = tags(numbers);
        Collections.reverse(numbers);

        List<Tag> reversed = new ArrayList<>(tags(numbers));
        Collections.reverse(reversed);

        assertThat(tags).hasSize(15).doesNotHaveDuplicates().isEqualTo(reversed);
    }

    @Test
    void givesTheSameTagsByTwoTaggersInAnyOrder() {
        SecretKey first = SecretKey.draw(random);
        Evaluate request = batch.request(pinned);
        Evaluation one = answer(first, request);
        Evaluation other = answer(key.minus(first).orElseThrow(), request);

        Tagging whole = batch.finish(pinned, List.of(honest));

        assertThat(whole).isInstanceOf(Tagging.Tags.class);
        assertThat(batch.finish(pinned, List.of(one, other))).isEqualTo(whole);
        assertThat(batch.finish(pinned, List.of(other, one))).isEqualTo(whole);
        assertThat(batch.finish(pinned, List.of(one))).isEqualTo(new Tagging.Refused(Fault.OTHER_KEY));
    }

    @Test
    void isMadeAndFinishedByManyThreadsAtOnce() {
        Tagging expected = batch.finish(pinned, List.of(honest));

        List<Tagging> taggings = IntStream.range(0, 48)
                .parallel()
                .mapToObj(i -> {
                    Batch other = Batch.of(numbers(3), new Random(i));
                    return other.finish(pinned, List.of(answer(key, other.request(pinned))));
                })
                .toList();

        assertThat(taggings).hasSize(48).containsOnly(expected);
    }

    @Test
    void refusesAnotherVersion() {
        Evaluation older = new Evaluation(VERSION - 1, honest.key(), honest.evaluated(), honest.proof());

        assertThat(batch.finish(pinned, List.of(older))).isEqualTo(new Tagging.Refused(Fault.OTHER_VERSION));
    }

    @Test
    void refusesAnotherKeyOfTheSameVersion() {
        Evaluation other = answer(SecretKey.draw(random), batch.request(pinned));

        assertThat(batch.finish(pinned, List.of(other))).isEqualTo(new Tagging.Refused(Fault.OTHER_KEY));
    }

    @Test
    void refusesAnAnswerToAnotherBatch() {
        Evaluation other = answer(key, Batch.of(numbers(3), random).request(pinned));

        assertThat(batch.finish(pinned, List.of(other))).isEqualTo(new Tagging.Refused(Fault.NOT_PROVEN));
    }

    @Test
    void refusesMoreOrFewerElements() {
        List<Opaque> fewer = honest.evaluated().subList(0, 9);
        List<Opaque> more = new ArrayList<>(honest.evaluated());
        more.add(honest.key());

        assertThat(batch.finish(pinned, List.of(new Evaluation(VERSION, honest.key(), fewer, honest.proof()))))
                .isEqualTo(new Tagging.Refused(Fault.NOT_PROVEN));
        assertThat(batch.finish(pinned, List.of(new Evaluation(VERSION, honest.key(), more, honest.proof()))))
                .isEqualTo(new Tagging.Refused(Fault.NOT_PROVEN));
    }

    /** Whatever bit is turned on the way, in key, elements or proof: no tag, and no exception. */
    @Test
    void refusesAnyBitTurned() {
        Trials.forAll(200, chance -> {
            List<Opaque> parts = new ArrayList<>(honest.evaluated());
            parts.add(honest.key());
            parts.add(honest.proof());
            int turned = chance.nextInt(parts.size());
            parts.set(
                    turned,
                    Given.turned(
                            parts.get(turned),
                            chance.nextInt(8 * parts.get(turned).length())));

            Tagging tagging = batch.finish(
                    pinned, List.of(new Evaluation(VERSION, parts.get(10), parts.subList(0, 10), parts.get(11))));

            assertThat(tagging).isInstanceOf(Tagging.Refused.class);
        });
    }

    @Test
    void doesNotPrintItsNumbers() {
        assertThat(batch).hasToString("Batch[***]");
        assertThat(batch.request(pinned).toString()).doesNotContain("49151");
    }

    @Test
    void aPinnedKeyIsOneLineOfText() {
        assertThat(PinnedKey.fromText(pinned.toText())).contains(pinned);
        assertThat(List.of("", "7", "0:" + key.publicKey().toText(), "7:" + "A".repeat(44), pinned.toText() + "A"))
                .allSatisfy(text -> assertThat(PinnedKey.fromText(text)).isEmpty());
    }

    private List<Tag> tags(List<PlainIdentifier> numbers) {
        Batch one = Batch.of(numbers, random);
        return ((Tagging.Tags) one.finish(pinned, List.of(answer(key, one.request(pinned))))).tags();
    }

    private Evaluation answer(SecretKey with, Evaluate request) {
        List<Element> blinded = Element.decodeAll(request.blinded()).orElseThrow();
        Evaluated evaluated = with.evaluate(blinded, random);
        return new Evaluation(
                request.version(),
                with.publicKey().element().bytes(),
                evaluated.elements().stream().map(Element::bytes).toList(),
                evaluated.proof().bytes());
    }

    private static List<PlainIdentifier> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Given::number).toList();
    }
}
