package lethe.seal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class AesGcmTest {
    /** Test case 16 of McGrew and Viega, The Galois/Counter Mode of Operation. */
    private static final Opaque KEY = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");

    private static final byte[] NONCE = hex("cafebabefacedbaddecaf888").toBytes();
    private static final byte[] HEADER =
            hex("feedfacedeadbeeffeedfacedeadbeefabaddad2").toBytes();
    private static final Opaque MESSAGE = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    private static final Opaque SEALED = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b");

    @Test
    void sealsAsTheStandardSays() {
        assertThat(AesGcm.seal(KEY, NONCE, HEADER, MESSAGE.toBytes())).isEqualTo(SEALED);
        assertThat(AesGcm.open(KEY, NONCE, HEADER, SEALED.toBytes())).contains(MESSAGE);
    }

    @Test
    void opensNothingElse() {
        byte[] other = HEADER.clone();
        other[0]++;

        assertThat(AesGcm.open(KEY, NONCE, other, SEALED.toBytes())).isEmpty();
        assertThat(AesGcm.open(KEY, new byte[AesGcm.NONCE], HEADER, SEALED.toBytes()))
                .isEmpty();
        assertThat(AesGcm.open(Opaque.wrap(new byte[AesGcm.KEY]), NONCE, HEADER, SEALED.toBytes()))
                .isEmpty();
        for (int length = 0; length < SEALED.length(); length++) {
            assertThat(AesGcm.open(KEY, NONCE, HEADER, Arrays.copyOf(SEALED.shared(), length)))
                    .isEmpty();
        }
    }

    @Test
    void takesKeysAndNoncesOfItsLengthsOnly() {
        assertThatThrownBy(() -> AesGcm.seal(Opaque.wrap(new byte[16]), NONCE, HEADER, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AesGcm.open(KEY, new byte[16], HEADER, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Opaque hex(String text) {
        return Opaque.wrap(HexFormat.of().parseHex(text));
    }
}
