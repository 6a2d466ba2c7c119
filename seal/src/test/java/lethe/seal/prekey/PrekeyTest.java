package lethe.seal.prekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.SigningKey;
import lethe.seal.crypto.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrekeyTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.5Z");
    private static final Tag TAG = new Tag(Opaque.wrap(new byte[32]));

    private final Random random = new Random(1);
    private final SigningKey key = SigningKey.draw(random);
    private final Device device = new Device(new DeviceId(Opaque.wrap(new byte[16])), key.publicKey());

    @ParameterizedTest
    @EnumSource
    void comesBackAsItWasPublished(Suite suite) {
        Prekey prekey = draw(PrekeyKind.ONE_TIME, suite).published();

        assertThat(Prekey.decode(prekey.encode())).contains(prekey);
        assertThat(prekey.encode().length()).isEqualTo(suite == Suite.X_WING ? 1_295 : 111);
        assertThat(prekey.encode().length()).isLessThanOrEqualTo(Prekey.MOST_BYTES);
    }

    @Test
    void canBeSealedToByWhoeverChecksIt() {
        Prekey prekey = draw(PrekeyKind.LAST_RESORT, Suite.X25519).published();

        assertThat(prekey.judge(TAG, device, NOW)).isInstanceOfSatisfying(PrekeyVerdict.Usable.class, usable -> {
            assertThat(usable.prekey().prekey()).isEqualTo(prekey);
            assertThat(usable.prekey().device()).isEqualTo(device.id());
            assertThat(usable.prekey().tag()).isEqualTo(TAG);
        });
    }

    @Test
    void isForgedUnderAnotherDeviceOrForAnotherAddress() {
        Prekey prekey = draw(PrekeyKind.ONE_TIME, Suite.X25519).published();
        Device other = new Device(device.id(), SigningKey.draw(random).publicKey());
        byte[] elsewhere = new byte[32];
        elsewhere[31] = 1;

        assertThat(prekey.judge(TAG, other, NOW)).isEqualTo(unusable(PrekeyVerdict.Reason.FORGED));
        assertThat(prekey.judge(new Tag(Opaque.wrap(elsewhere)), device, NOW))
                .isEqualTo(unusable(PrekeyVerdict.Reason.FORGED));
    }

    /** A broker that makes a one-time prekey one of last resort, or a younger one of an old one, is found out. */
    @ParameterizedTest
    @EnumSource
    void isForgedOrNoneWithAnyBitTurned(Suite suite) {
        Opaque bytes = draw(PrekeyKind.ONE_TIME, suite).published().encode();
        for (int bit = 0; bit < bytes.length() * 8; bit += suite == Suite.X_WING ? 13 : 1) {
            byte[] turned = bytes.toBytes();
            turned[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(Prekey.decode(Opaque.wrap(turned)).map(prekey -> prekey.judge(TAG, device, NOW)))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            found -> assertThat(found).contains(unusable(PrekeyVerdict.Reason.FORGED)));
        }
    }

    @Test
    void isNoPrekeyWithAByteMoreOrLess() {
        byte[] bytes =
                draw(PrekeyKind.ONE_TIME, Suite.X25519).published().encode().toBytes();

        assertThat(Prekey.decode(Opaque.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                .isEmpty();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(Prekey.decode(Opaque.wrap(Arrays.copyOf(bytes, length)))).isEmpty();
        }
    }

    @Test
    void expires() {
        Prekey lastResort = draw(PrekeyKind.LAST_RESORT, Suite.X25519).published();
        Prekey oneTime = draw(PrekeyKind.ONE_TIME, Suite.X25519).published();

        assertThat(lastResort.expires()).isEqualTo(Instant.parse("2026-12-12T12:00:00Z"));
        assertThat(lastResort.judge(TAG, device, lastResort.expires()))
                .isEqualTo(unusable(PrekeyVerdict.Reason.EXPIRED));
        assertThat(oneTime.judge(TAG, device, lastResort.expires())).isInstanceOf(PrekeyVerdict.Usable.class);
        assertThat(oneTime.judge(TAG, device, NOW.plus(Duration.ofDays(90))))
                .isEqualTo(unusable(PrekeyVerdict.Reason.EXPIRED));
    }

    @Test
    void leavesNothingOfItsSecretWhereItWasDrawn() {
        List<byte[]> handedOut = new ArrayList<>();
        Random watched = new Random(1) {
            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                handedOut.add(bytes);
            }
        };
        PrekeyPair.draw(TAG, key, PrekeyId.of(7), PrekeyKind.ONE_TIME, Suite.X_WING, NOW, watched);

        assertThat(handedOut).isNotEmpty().allMatch(bytes -> Arrays.equals(bytes, new byte[bytes.length]));
    }

    @ParameterizedTest
    @EnumSource
    void isPublishedAgainAsItWas(Suite suite) {
        PrekeyPair pair = draw(PrekeyKind.ONE_TIME, suite);
        PrekeySecret secret = pair.secret();
        Instant expires = pair.published().expires();

        assertThat(secret.publish(TAG, key, expires)).contains(pair.published());
        secret.destroy();
        assertThat(secret.publish(TAG, key, expires)).isEmpty();
    }

    @Test
    void hasANumberOf32Bits() {
        assertThat(PrekeyId.of(4_294_967_295L).number()).isEqualTo(4_294_967_295L);
        assertThat(PrekeyId.of(4_294_967_295L)).hasToString("4294967295");
        assertThat(PrekeyId.of(4_294_967_295L).plus(1)).isEqualTo(PrekeyId.of(0));
    }

    private PrekeyPair draw(PrekeyKind kind, Suite suite) {
        return PrekeyPair.draw(TAG, key, PrekeyId.of(7), kind, suite, NOW, random);
    }

    private static PrekeyVerdict unusable(PrekeyVerdict.Reason reason) {
        return new PrekeyVerdict.Unusable(reason);
    }
}
