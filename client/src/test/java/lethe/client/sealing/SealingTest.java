package lethe.client.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.protocol.VerifierBodies.OpenSession;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final Random RANDOM = new Random(7);

    private final OpeningKey key = OpeningKey.draw(RANDOM);

    @Test
    void opensWhatWasSealedToIt() {
        for (String number : List.of("+1234567", "+4915110000001", "+123456789012345")) {
            SessionRequest request = request(number);

            assertThat(key.open(key.sealingKey().seal(request, RANDOM))).contains(request);
        }
    }

    @Test
    void showsByItsSizeNothingOfTheNumber() {
        assertThat(List.of("+1234567", "+123456789012345"))
                .allSatisfy(number -> assertThat(key.sealingKey()
                                .seal(request(number), RANDOM)
                                .sealed()
                                .length())
                        .isEqualTo(114)
                        .isEqualTo(SealingKey.SEALED));
    }

    @Test
    void sealsTheSameToOtherBytesEachTime() {
        SessionRequest request = request("+4915110000001");

        assertThat(key.sealingKey().seal(request, RANDOM))
                .isNotEqualTo(key.sealingKey().seal(request, RANDOM));
    }

    @Test
    void opensNothingThatWasChangedAnywhere() {
        OpenSession good = key.sealingKey().seal(request("+4915110000001"), RANDOM);
        for (int bit = 0; bit < 8 * SealingKey.SEALED; bit++) {
            assertThat(key.open(new OpenSession(good.encapsulated(), flipped(good.sealed(), bit))))
                    .isEmpty();
        }
        for (int bit = 0; bit < 8 * 32 - 1; bit += 7) {
            assertThat(key.open(new OpenSession(flipped(good.encapsulated(), bit), good.sealed())))
                    .isEmpty();
        }
    }

    @Test
    void opensNothingThatWasSealedToAnother() {
        assertThat(key.open(OpeningKey.draw(RANDOM).sealingKey().seal(request("+4915110000001"), RANDOM)))
                .isEmpty();
    }

    /** Points of small order, with which every key agrees on zero (RFC 7748, section 6.1). */
    @Test
    void agreesOnNothingWithPointsOfSmallOrder() {
        byte[] one = new byte[32];
        one[0] = 1;
        for (byte[] point : List.of(new byte[32], one)) {
            assertThat(key.open(new OpenSession(Opaque.wrap(point), Opaque.wrap(new byte[114]))))
                    .isEmpty();
            assertThatThrownBy(() -> new SealingKey(Opaque.wrap(point)).seal(request("+4915110000001"), RANDOM))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsNoRequestInAnotherForm() {
        byte[] good = request("+4915110000001").encode();
        for (int place : new int[] {0, 1, 2, 3, 17}) {
            byte[] bad = good.clone();
            bad[place] ^= 0x40;
            assertThat(SessionRequest.decode(bad)).as("byte %d", place).isEqualTo(Optional.empty());
        }
        assertThat(SessionRequest.decode(new byte[97])).isEmpty();
        assertThat(SessionRequest.decode(new byte[98])).isEmpty();
    }

    @Test
    void isFoundAgainByItsSecretAndPinnedByItsText() {
        PinnedVerifier pinned = new PinnedVerifier(key.sealingKey(), new DeviceKey(bytes(32)));

        assertThat(OpeningKey.of(key.secret()).sealingKey()).isEqualTo(key.sealingKey());
        assertThat(PinnedVerifier.fromText(pinned.toText())).contains(pinned);
        assertThat(PinnedVerifier.fromText(pinned.toText().substring(1))).isEmpty();
        assertThat(PinnedVerifier.fromText("+4915110000001")).isEmpty();
    }

    @Test
    void doesNotPrint() {
        assertThat(List.of(key, request("+4915110000001")))
                .extracting(Object::toString)
                .containsExactly("OpeningKey[***]", "SessionRequest[***]");
    }

    private static SessionRequest request(String number) {
        return new SessionRequest(
                PlainIdentifier.of(Kind.NUMBER, number), new DeviceKey(bytes(32)), new DeviceKey(bytes(32)), bytes(16));
    }

    private static Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private static Opaque flipped(Opaque bytes, int bit) {
        byte[] copy = bytes.toBytes();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return Opaque.wrap(copy);
    }
}
