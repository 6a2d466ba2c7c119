package lethe.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

/** A key in two shares makes the tags that it made whole, and neither share alone makes any. */
class SharesTest {
    private final Random random = new Random(1997);
    private final SecretKey key = SecretKey.draw(random);
    private final SecretKey first = SecretKey.draw(random);
    private final SecretKey second = key.minus(first).orElseThrow();
    private final List<Blinding> blindings = Given.blindings(4, random);
    private final List<Element> blinded = Given.elements(blindings);

    @Test
    void makeTheTagsOfTheWholeKey() {
        List<Tag> whole = tags(key);

        assertThat(tags(first, second)).isEqualTo(whole);
        assertThat(tags(second, first)).isEqualTo(whole);
    }

    @Test
    void makeThemWhateverTheSplit() {
        List<Tag> whole = tags(key);

        Trials.forAll(10, chance -> {
            SecretKey one = SecretKey.draw(chance);
            SecretKey two = SecretKey.draw(chance);
            SecretKey three = key.minus(one).flatMap(rest -> rest.minus(two)).orElseThrow();

            assertThat(tags(one, two, three)).isEqualTo(whole);
        });
    }

    /** One takes what the other gives: nobody else is told, and what was stolen before is worth nothing. */
    @Test
    void areRefreshedWithoutChangingATag() {
        SecretKey difference = SecretKey.draw(random);
        SecretKey newFirst = first.plus(difference).orElseThrow();
        SecretKey newSecond = second.minus(difference).orElseThrow();

        assertThat(tags(newFirst, newSecond)).isEqualTo(tags(key));
        assertThat(fault(part(newFirst), part(second))).isEqualTo(Fault.OTHER_KEY);
    }

    @Test
    void alonePassForNothing() {
        assertThat(fault(part(first))).isEqualTo(Fault.OTHER_KEY);
        assertThat(fault(part(first), part(first))).isEqualTo(Fault.OTHER_KEY);
        assertThat(fault(part(key), part(first))).isEqualTo(Fault.OTHER_KEY);
    }

    @Test
    void oneSharesProofIsNoneUnderTheOthersKey() {
        Part crossed = new Part(second.publicKey(), first.evaluate(blinded, random));
        Part other = new Part(first.publicKey(), second.evaluate(blinded, random));

        assertThat(fault(crossed, other)).isEqualTo(Fault.NOT_PROVEN);
        assertThat(fault(part(first), crossed)).isEqualTo(Fault.NOT_PROVEN);
    }

    /** A tagger that has seen the other's public key names the one that is missing, and cannot use it. */
    @Test
    void aKeyThatIsOnlyClaimedIsRefused() {
        SecretKey own = SecretKey.draw(random);
        PublicKey claimed = second.publicKey();

        assertThat(fault(part(first), new Part(claimed, own.evaluate(blinded, random))))
                .isEqualTo(Fault.NOT_PROVEN);
    }

    @Test
    void thatCancelEachOtherOutAreNoKey() {
        SecretKey any = SecretKey.draw(random);
        SecretKey opposite = any.minus(any.plus(key).orElseThrow()).orElseThrow();

        assertThat(key.minus(key)).isEmpty();
        assertThat(key.plus(opposite)).isEmpty();
        assertThat(PublicKey.ofShares(List.of(key.publicKey(), opposite.publicKey())))
                .isEmpty();
        assertThat(fault(part(key), part(opposite))).isEqualTo(Fault.OTHER_KEY);
    }

    private Part part(SecretKey share) {
        return new Part(share.publicKey(), share.evaluate(blinded, random));
    }

    private Fault fault(Part... parts) {
        return ((Combination.Refused) Combination.of(key.publicKey(), blinded, List.of(parts))).fault();
    }

    private List<Tag> tags(SecretKey... shares) {
        List<Part> parts = Stream.of(shares).map(this::part).toList();
        List<Element> whole = ((Combination.Whole) Combination.of(key.publicKey(), blinded, parts)).elements();
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            tags.add(blindings.get(i).finish(whole.get(i)));
        }
        return tags;
    }
}
