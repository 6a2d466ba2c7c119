package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final String PID = "Subscriber|bob";
    private static final RowAddress ROW = RowAddress.held(new MessageId(bytes(MessageId.LENGTH, 3)), 4);
    private static final Opaque PLAIN = bytes(300, 'x');

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-28T10:07:00Z"));
    private EpochKeys keys;
    private Sealing sealing;

    @BeforeEach
    void open() {
        keys = TestSealing.keys(Duration.ofMinutes(5), clock);
        sealing = new Sealing(keys, InstallationKey.of(bytes(32, 1)));
    }

    @Test
    void opensWhatItSealed() {
        Opaque sealed = sealing.sealForNow(PID, ROW, PLAIN).payload();

        assertThat(sealing.openForNow(PID, ROW, sealed).orElseThrow().plain()).isEqualTo(PLAIN);
        assertThat(sealed.length()).isEqualTo(PLAIN.length() + Sealing.OVERHEAD);
    }

    @Test
    void sealsTheSameTwiceDifferently() {
        assertThat(sealing.sealForNow(PID, ROW, PLAIN).payload())
                .isNotEqualTo(sealing.sealForNow(PID, ROW, PLAIN).payload());
        assertThat(sealing.seal(PID, ROW, PLAIN)).isNotEqualTo(sealing.seal(PID, ROW, PLAIN));
    }

    @Test
    void opensNothingOnceTheKeyOfItsEpochIsDestroyed() throws IOException {
        Opaque sealed = sealing.sealForNow(PID, ROW, PLAIN).payload();
        keys.forget(keys.current());

        assertThat(sealing.openForNow(PID, ROW, sealed)).isEmpty();
    }

    @Test
    void opensWithTheRowsOwnKeyAfterThat() throws IOException {
        SealedRow sealed = sealing.sealForNow(PID, ROW, PLAIN);
        keys.forget(keys.current());

        assertThat(sealing.openWith(sealed.key().bytes(), PID, ROW, sealed.payload())
                        .orElseThrow()
                        .plain())
                .isEqualTo(PLAIN);
    }

    /** Version, epoch, nonce, wrapped key, body, tag. */
    @Test
    void opensNothingOfWhichAnyBitWasChanged() {
        Opaque sealed = sealing.sealForNow(PID, ROW, PLAIN).payload();

        assertThat(IntStream.range(0, Byte.SIZE * sealed.length())
                        .filter(bit -> sealing.openForNow(PID, ROW, flipped(sealed, bit))
                                .isPresent()))
                .isEmpty();
    }

    @Test
    void opensNothingThatWasCutShort() {
        Opaque sealed = sealing.sealForNow(PID, ROW, PLAIN).payload();
        Opaque lasting = sealing.seal(PID, ROW, PLAIN);

        assertThat(IntStream.range(0, sealed.length())
                        .filter(length -> sealing.openForNow(PID, ROW, cut(sealed, length))
                                .isPresent()))
                .isEmpty();
        assertThat(IntStream.range(0, lasting.length())
                        .filter(length ->
                                sealing.open(PID, ROW, cut(lasting, length)).isPresent()))
                .isEmpty();
    }

    @Test
    void opensNothingInAnotherPlace() {
        Opaque sealed = sealing.sealForNow(PID, ROW, PLAIN).payload();
        Opaque lasting = sealing.seal(PID, ROW, PLAIN);
        RowAddress otherItem = RowAddress.held(new MessageId(bytes(MessageId.LENGTH, 4)), 4);
        RowAddress otherIncarnation = new RowAddress(ROW.kind(), ROW.item(), 5);
        RowAddress otherKind = new RowAddress(RowKind.RECEIPT, ROW.item(), 4);

        assertThat(sealing.openForNow("Subscriber|eve", ROW, sealed)).isEmpty();
        assertThat(sealing.openForNow(PID, otherItem, sealed)).isEmpty();
        assertThat(sealing.openForNow(PID, otherIncarnation, sealed)).isEmpty();
        assertThat(sealing.openForNow(PID, otherKind, sealed)).isEmpty();
        assertThat(sealing.open("Subscriber|eve", ROW, lasting)).isEmpty();
        assertThat(sealing.open(PID, otherItem, lasting)).isEmpty();
        assertThat(sealing.open(PID, otherKind, lasting)).isEmpty();
    }

    @Test
    void opensLastingRowsInEveryEpoch() throws IOException {
        Opaque sealed = sealing.seal(PID, ROW, PLAIN);
        keys.forget(keys.current());

        assertThat(sealing.open(PID, ROW, sealed)).hasValue(PLAIN);
    }

    @Test
    void opensNothingOfAnotherInstallation() {
        Sealing other = new Sealing(keys, InstallationKey.of(bytes(32, 2)));

        assertThat(other.open(PID, ROW, sealing.seal(PID, ROW, PLAIN))).isEmpty();
        assertThat(other.reveal(RowKind.HELD, sealing.hide(ROW), 4)).isNotEqualTo(ROW);
    }

    @Test
    void hidesIdsAndFindsThemAgain() {
        Opaque hidden = sealing.hide(ROW);

        assertThat(hidden).isNotEqualTo(ROW.item()).isEqualTo(sealing.hide(ROW));
        assertThat(sealing.reveal(RowKind.HELD, hidden, 4)).isEqualTo(ROW);
        assertThat(sealing.hide(RowAddress.head(4))).isEqualTo(Opaque.empty());
    }

    private static Opaque flipped(Opaque sealed, int bit) {
        byte[] bytes = sealed.toBytes();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return Opaque.wrap(bytes);
    }

    private static Opaque cut(Opaque sealed, int length) {
        return Opaque.wrap(Arrays.copyOf(sealed.shared(), length));
    }

    private static Opaque bytes(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return Opaque.wrap(bytes);
    }
}
