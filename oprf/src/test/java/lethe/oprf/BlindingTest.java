package lethe.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

/** A number's tag depends on the number and the key alone; what the tagger sees depends on neither. */
class BlindingTest {
    private final SecretKey key = SecretKey.draw(new Random(1));

    @Test
    void leadsToOneTagWhateverTheBlind() {
        Tag tag = tag(Given.number(1), new Random(0));

        Trials.forAll(25, random -> assertThat(tag(Given.number(1), random)).isEqualTo(tag));
    }

    @Test
    void leadsToAnotherTagForEveryNumberAndKey() {
        Set<Tag> tags = new HashSet<>();
        Random random = new Random(2);
        for (int number = 0; number < 40; number++) {
            tags.add(tag(Given.number(number), random));
        }
        tags.add(finish(Blinding.of(Given.number(0), random), SecretKey.draw(random), random));

        assertThat(tags).hasSize(41);
    }

    /** Even a tagger that guesses the number, and has the key, meets nothing again that it could have computed. */
    @Test
    void showsTheTaggerNothingThatItCouldMeetAgain() {
        Random random = new Random(3);
        Element bare = Element.of(Suite.VOPRF.hashToGroup("tel:+4915110000001".getBytes(StandardCharsets.US_ASCII)));
        Set<Element> seen = new HashSet<>(
                List.of(bare, key.evaluate(List.of(bare), random).elements().get(0)));
        for (int i = 0; i < 50; i++) {
            Element blinded = Blinding.of(Given.number(1), random).blinded();

            assertThat(seen.add(blinded)).isTrue();
            assertThat(seen.add(
                            key.evaluate(List.of(blinded), random).elements().get(0)))
                    .isTrue();
        }
    }

    /** The first byte is 2 or 3; each bit of the others is one half of the time, whoever is blinded, or nobody. */
    @Test
    void looksLikeChanceForOneNumberAnotherAndNobody() {
        int draws = 200;
        for (int who = 0; who < 3; who++) {
            Random random = new Random(who);
            int[] ones = new int[8 * Element.LENGTH];
            for (int draw = 0; draw < draws; draw++) {
                Element element = who == 0
                        ? Blinding.nobody(random)
                        : Blinding.of(Given.number(who), random).blinded();
                byte[] bytes = element.bytes().shared();
                for (int bit = 0; bit < ones.length; bit++) {
                    ones[bit] += (bytes[bit / 8] >> (bit % 8)) & 1;
                }
            }
            // Six standard deviations.
            assertThat(ones[0]).isBetween(draws / 2 - 42, draws / 2 + 42);
            for (int bit = 8; bit < ones.length; bit++) {
                assertThat(ones[bit]).as("bit %d", bit).isBetween(draws / 2 - 42, draws / 2 + 42);
            }
        }
    }

    @Test
    void isForNumbersOnly() {
        PlainIdentifier imsi = PlainIdentifier.of(PlainIdentifier.Kind.IMSI, "262011234567890");

        assertThatThrownBy(() -> Blinding.of(imsi, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("262011234567890");
    }

    @Test
    void takesTelAndTheNumberAsItsInput() {
        Opaque input = Opaque.wrap("tel:+4915110000001".getBytes(StandardCharsets.US_ASCII));
        Random random = new Random(4);
        Blinding byHand = Blinding.of(Suite.VOPRF, input, P256.randomScalar(random));

        assertThat(finish(byHand, key, random)).isEqualTo(tag(Given.number(1), random));
    }

    @Test
    void nothingThatHidesPrints() {
        Random random = new Random(5);
        Blinding blinding = Blinding.of(Given.number(1), random);

        assertThat(List.of(blinding, key, blinding.blinded(), finish(blinding, key, random)))
                .extracting(Object::toString)
                .allMatch(text -> text.endsWith("[***]"));
    }

    private Tag tag(PlainIdentifier number, Random random) {
        return finish(Blinding.of(number, random), key, random);
    }

    private static Tag finish(Blinding blinding, SecretKey key, Random random) {
        return blinding.finish(
                key.evaluate(List.of(blinding.blinded()), random).elements().get(0));
    }
}
