package lethe.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

/** A proof holds for one batch, its results and one key, and for nothing else. */
class ProofTest {
    private final Random random = new Random(9497);
    private final SecretKey key = SecretKey.draw(random);
    private final List<Element> blinded = Given.elements(Given.blindings(3, random));
    private final Evaluated evaluated = key.evaluate(blinded, random);

    @Test
    void holdsForBatchesOfEverySize() {
        Trials.forAll(12, chance -> {
            SecretKey anyKey = SecretKey.draw(chance);
            List<Element> batch = Given.elements(Given.blindings(1 + chance.nextInt(30), chance));

            assertThat(anyKey.publicKey().proves(batch, anyKey.evaluate(batch, chance)))
                    .isTrue();
        });
    }

    @Test
    void isRefusedUnderAnotherKey() {
        assertThat(SecretKey.draw(random).publicKey().proves(blinded, evaluated))
                .isFalse();
    }

    /** What a tagger would do to mark one person: a key of its own for one element of a batch. */
    @Test
    void isRefusedWhenOneElementWasEvaluatedUnderAnotherKey() {
        SecretKey marking = SecretKey.draw(random);
        for (int marked = 0; marked < blinded.size(); marked++) {
            List<Element> results = new ArrayList<>(evaluated.elements());
            results.set(
                    marked,
                    marking.evaluate(List.of(blinded.get(marked)), random)
                            .elements()
                            .get(0));

            assertThat(proves(blinded, results, evaluated.proof())).isFalse();
            Proof forged = new Equality(Suite.VOPRF, key.publicKey(), blinded, results)
                    .prove(P256.randomScalar(random), P256.randomScalar(random));
            assertThat(proves(blinded, results, forged)).isFalse();
        }
    }

    @Test
    void isRefusedInAnotherOrder() {
        List<Element> results = new ArrayList<>(evaluated.elements());
        results.add(results.remove(0));

        assertThat(proves(blinded, results, evaluated.proof())).isFalse();
    }

    @Test
    void isRefusedForMoreOrFewerResults() {
        assertThat(proves(blinded, evaluated.elements().subList(0, 2), evaluated.proof()))
                .isFalse();
        assertThat(proves(blinded.subList(0, 2), evaluated.elements(), evaluated.proof()))
                .isFalse();
        assertThat(proves(blinded.subList(0, 2), evaluated.elements().subList(0, 2), evaluated.proof()))
                .isFalse();
    }

    @Test
    void isRefusedWithAnyBitTurned() {
        for (int bit = 0; bit < 8 * Proof.LENGTH; bit++) {
            Optional<Proof> turned = Proof.decode(Given.turned(evaluated.proof().bytes(), bit));

            assertThat(turned.isPresent() && proves(blinded, evaluated.elements(), turned.get()))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void isRefusedWithAnyBitOfAResultTurned() {
        for (int bit = 0; bit < 8 * Element.LENGTH; bit++) {
            Optional<Element> turned =
                    Element.decode(Given.turned(evaluated.elements().get(1).bytes(), bit));

            assertThat(turned.isPresent()
                            && proves(blinded, with(evaluated.elements(), turned.get()), evaluated.proof()))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void isRefusedWithAnyBitOfAnElementTurned() {
        for (int bit = 0; bit < 8 * Element.LENGTH; bit++) {
            Optional<Element> turned =
                    Element.decode(Given.turned(blinded.get(1).bytes(), bit));

            assertThat(turned.isPresent()
                            && proves(with(blinded, turned.get()), evaluated.elements(), evaluated.proof()))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void isNoProofWithAScalarBeyondTheOrder() {
        byte[] bytes = evaluated.proof().bytes().toBytes();
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, P256.ORDER), 0, bytes, 32, 32);

        assertThat(Proof.decode(Opaque.wrap(bytes))).isEmpty();
        assertThat(Proof.decode(Opaque.wrap(new byte[Proof.LENGTH - 1]))).isEmpty();
        assertThat(Proof.decode(Opaque.wrap(new byte[Proof.LENGTH]))).isPresent();
    }

    @Test
    void ofNothingIsRefused() {
        Proof zero = new Proof(BigInteger.ZERO, BigInteger.ZERO);

        assertThat(proves(blinded, evaluated.elements(), zero)).isFalse();
        assertThat(proves(blinded, blinded, zero)).isFalse();
    }

    private boolean proves(List<Element> from, List<Element> to, Proof proof) {
        return key.publicKey().proves(from, new Evaluated(to, proof));
    }

    private static List<Element> with(List<Element> elements, Element second) {
        List<Element> changed = new ArrayList<>(elements);
        changed.set(1, second);
        return changed;
    }
}
