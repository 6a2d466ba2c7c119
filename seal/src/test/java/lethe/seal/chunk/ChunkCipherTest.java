package lethe.seal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import lethe.core.identity.Opaque;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.crypto.AesGcm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkCipherTest {
    private static final int SIZE = 2 * RemoteAttachment.CHUNK + 5;
    private static final RemoteAttachment FILE = file(SIZE, 0x20, 0);

    private final ChunkCipher cipher = new ChunkCipher(FILE);

    /** SHA-256 of the chunks of a file whose byte i is i modulo 251, made by another implementation. */
    @ParameterizedTest
    @CsvSource({
        "0, ae718fba811dd6739707e42c332f7c76bb636ecfea15c5af236b35edfc929be1",
        "1, c0525ac410a82f7f01b46d000657ef97cc785ae5d3a5950843bcd21ccbac7cad",
        "2, b61e2d982e1f8b7c66f1b1c500f5a4ab1d5c96197c8ee4c93f37d72ae4788398"
    })
    void sealsAsItAlwaysDid(int number, String digest) throws NoSuchAlgorithmException {
        Opaque sealed = cipher.seal(number, content(number));

        assertThat(sealed.length()).isEqualTo(32_805);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sealed.shared())))
                .isEqualTo(digest);
    }

    @Test
    void opensWhatItSealed() {
        for (int number = 0; number < FILE.chunks(); number++) {
            assertThat(cipher.open(cipher.seal(number, content(number))))
                    .isEqualTo(new ChunkOpening.Opened(number, content(number)));
        }
    }

    @Test
    void sealsAllToOneLength() {
        RemoteAttachment byteLong = file(1, 0x20, 0);

        assertThat(new ChunkCipher(byteLong).seal(0, Opaque.wrap(new byte[1])).length())
                .isEqualTo(ChunkCipher.LENGTH);
    }

    @Test
    void isToldFromAnEnvelope() {
        Opaque sealed = cipher.seal(0, content(0));

        assertThat(ChunkHeader.isChunk(sealed)).isTrue();
        assertThat(ChunkHeader.isChunk(Opaque.wrap(new byte[] {1, 2}))).isFalse();
        assertThat(ChunkHeader.isChunk(Opaque.empty())).isFalse();
        assertThat(ChunkHeader.read(sealed)).contains(new ChunkHeader(FILE.transfer(), 0));
    }

    @Test
    void opensNoChunkInThePlaceOfAnother() {
        refuses(0, bytes -> bytes[20] = 1, ChunkOpening.Reason.FORGED);
        refuses(2, bytes -> bytes[20] = 1, ChunkOpening.Reason.FORGED);
    }

    /** The number that was the last one of a shorter file under the same key is not the last one of a longer one. */
    @Test
    void opensNoEndInTheMiddle() {
        RemoteAttachment longer = file(SIZE + RemoteAttachment.CHUNK, 0x20, 0);
        Opaque last = cipher.seal(2, content(2));

        assertThat(new ChunkCipher(longer).open(last))
                .isEqualTo(new ChunkOpening.Unopenable(ChunkOpening.Reason.FORGED));
    }

    @Test
    void opensNothingOfAnotherFile() {
        Opaque sealed = cipher.seal(0, content(0));

        assertThat(new ChunkCipher(file(SIZE, 0x21, 0)).open(sealed))
                .isEqualTo(new ChunkOpening.Unopenable(ChunkOpening.Reason.OTHER_TRANSFER));
        assertThat(new ChunkCipher(file(SIZE, 0x20, 1)).open(sealed))
                .isEqualTo(new ChunkOpening.Unopenable(ChunkOpening.Reason.FORGED));
    }

    @Test
    void opensNoNumberThatTheFileHasNot() {
        refuses(0, bytes -> bytes[20] = 3, ChunkOpening.Reason.NO_SUCH_CHUNK);
        refuses(0, bytes -> bytes[17] = (byte) 0xff, ChunkOpening.Reason.NO_SUCH_CHUNK);
    }

    @Test
    void opensNothingOfAnotherForm() {
        refuses(0, bytes -> bytes[0] = 1, ChunkOpening.Reason.MALFORMED);
        refuses(0, bytes -> bytes[0] = (byte) 130, ChunkOpening.Reason.OTHER_VERSION);
    }

    @Test
    void opensNothingThatIsLongerOrShorter() {
        byte[] sealed = cipher.seal(0, content(0)).toBytes();

        for (int length : new int[] {0, 1, 17, 21, 37, 1_000, sealed.length - 1, sealed.length + 1}) {
            assertThat(cipher.open(Opaque.wrap(Arrays.copyOf(sealed, length))))
                    .isEqualTo(new ChunkOpening.Unopenable(ChunkOpening.Reason.MALFORMED));
        }
    }

    @Test
    void opensNothingThatWasChanged() {
        Random random = new Random(1);
        byte[] sealed = cipher.seal(2, content(2)).toBytes();
        for (int i = 0; i < 300; i++) {
            byte[] changed = sealed.clone();
            int at = i < 21 ? i : random.nextInt(sealed.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(cipher.open(Opaque.wrap(changed))).isInstanceOf(ChunkOpening.Unopenable.class);
        }
    }

    /** Whoever has the key could hide something behind the end of a file. */
    @Test
    void opensNothingWithSomethingBehindItsEnd() {
        byte[] padded = new byte[RemoteAttachment.CHUNK];
        padded[5] = 1;
        byte[] header = Arrays.copyOf(cipher.seal(2, content(2)).shared(), 21);
        byte[] bound = Arrays.copyOf(header, 22);
        bound[21] = 1;
        byte[] nonce = new byte[AesGcm.NONCE];
        nonce[11] = 2;
        Opaque hidden = AesGcm.seal(FILE.key(), nonce, bound, padded);
        byte[] body = Arrays.copyOf(header, ChunkCipher.LENGTH);
        System.arraycopy(hidden.shared(), 0, body, 21, hidden.length());

        assertThat(cipher.open(Opaque.wrap(body)))
                .isEqualTo(new ChunkOpening.Unopenable(ChunkOpening.Reason.UNREADABLE));
    }

    @Test
    void sealsNothingThatIsNoChunkOfTheFile() {
        assertThatThrownBy(() -> cipher.seal(3, content(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cipher.seal(-1, content(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cipher.seal(2, content(0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotPrint() {
        assertThat(cipher).hasToString("ChunkCipher[***]");
        assertThat(new ChunkHeader(FILE.transfer(), 0)).hasToString("ChunkHeader[***]");
    }

    private void refuses(int number, Consumer<byte[]> change, ChunkOpening.Reason reason) {
        byte[] changed = cipher.seal(number, content(number)).toBytes();
        change.accept(changed);

        assertThat(cipher.open(Opaque.wrap(changed))).isEqualTo(new ChunkOpening.Unopenable(reason));
    }

    private static Opaque content(int number) {
        byte[] bytes = new byte[FILE.lengthOf(number)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((number * RemoteAttachment.CHUNK + i) % 251);
        }
        return Opaque.wrap(bytes);
    }

    private static RemoteAttachment file(long size, int transfer, int key) {
        return new RemoteAttachment(
                new Label("x", ""), counted(transfer, 16), size, counted(key, 32), Opaque.wrap(new byte[32]));
    }

    private static Opaque counted(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return Opaque.wrap(bytes);
    }
}
