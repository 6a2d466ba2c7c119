package lethe.client.pin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

class PinKeyTest {
    private static final Tag TAG = tag(1);

    private static Tag tag(int fill) {
        byte[] bytes = new byte[Tag.LENGTH];
        Arrays.fill(bytes, (byte) fill);
        return new Tag(Opaque.wrap(bytes));
    }

    private static PinKey key(String pin, Tag tag) {
        return PinKey.of(pin.toCharArray(), tag).orElseThrow();
    }

    /** Another one would lock every owner out. Computed by libargon2 and OpenSSL. */
    @Test
    void isTheSameKeyForEver() {
        assertThat(key("493815", TAG).publicKey().bytes().toText())
                .isEqualTo("XtVKBPGctpldTiHvWaxFTIAlVq_YLuun3SpCWKks3ek");
    }

    @Test
    void isAnotherKeyForAnotherPinAndForAnotherAddress() {
        DeviceKey one = key("493815", TAG).publicKey();

        assertThat(key("493816", TAG).publicKey()).isNotEqualTo(one);
        assertThat(key("493815", tag(2)).publicKey()).isNotEqualTo(one);
    }

    @Test
    void provesThatItsOwnerHasThePin() throws GeneralSecurityException {
        DeviceKey account = DeviceKey.of(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        PinKey key = key("493815", TAG);
        Opaque signature = key.prove(TAG, account);
        Pin pin = Pin.of(key.publicKey());

        assertThat(pin.isKnownTo(new PinProof(Opaque.wrap(Pin.statement(TAG, account)), signature)))
                .isTrue();
        assertThat(pin.isKnownTo(new PinProof(Opaque.wrap(Pin.statement(tag(2), account)), signature)))
                .isFalse();
    }

    @Test
    void overwritesThePinWhetherItIsOneOrNot() {
        char[] pin = "493815".toCharArray();
        assertThat(PinKey.of(pin, TAG)).isPresent();
        assertThat(pin).containsOnly('\0');
        char[] none = "4938".toCharArray();
        assertThat(PinKey.of(none, TAG)).isEmpty();
        assertThat(none).containsOnly('\0');
    }

    @Test
    void isMadeOfNothingElse() {
        for (String text : new String[] {"", "12345", "1".repeat(65), "12345\u00e9", "12345\n"}) {
            assertThat(PinKey.of(text.toCharArray(), TAG)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void doesNotPrint() {
        assertThat(key("493815", TAG)).hasToString("PinKey[***]");
    }
}
