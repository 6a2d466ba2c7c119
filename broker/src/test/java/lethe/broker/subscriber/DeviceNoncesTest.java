package lethe.broker.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class DeviceNoncesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final Instant LATER = NOW.plus(Nonces.KEPT).plusMillis(1);
    private static final DeviceId PHONE = device(1);
    private static final DeviceId TABLET = device(2);

    private final DeviceNonces nonces = new DeviceNonces(3);

    private static DeviceId device(int number) {
        byte[] id = new byte[DeviceId.LENGTH];
        id[0] = (byte) number;
        return new DeviceId(Opaque.wrap(id));
    }

    private static Opaque nonce(int number) {
        return Opaque.wrap(new byte[] {(byte) number});
    }

    private void givenThePhoneHasUsedItsRoom() {
        assertThat(IntStream.range(0, 3).mapToObj(number -> nonces.use(PHONE, nonce(number), NOW)))
                .containsOnly(Nonces.Use.FRESH);
    }

    @Test
    void oneDeviceTakesNoRoomFromAnother() {
        givenThePhoneHasUsedItsRoom();

        assertThat(nonces.use(PHONE, nonce(9), NOW)).isEqualTo(Nonces.Use.NO_ROOM);
        assertThat(nonces.use(TABLET, nonce(9), NOW)).isEqualTo(Nonces.Use.FRESH);
    }

    @Test
    void nothingIsForgottenForWantOfRoom() {
        givenThePhoneHasUsedItsRoom();
        nonces.use(TABLET, nonce(9), NOW);

        assertThat(nonces.use(PHONE, nonce(0), NOW)).isEqualTo(Nonces.Use.REPEATED);
        assertThat(nonces.use(TABLET, nonce(9), NOW)).isEqualTo(Nonces.Use.REPEATED);
    }

    @Test
    void deviceAfterDeviceTakesNoMoreThanItsShareOfMemory() {
        assertThat(IntStream.range(0, 20).mapToObj(number -> nonces.use(device(number), nonce(1), NOW)))
                .containsOnly(Nonces.Use.FRESH);

        assertThat(nonces.use(device(20), nonce(1), NOW)).isEqualTo(Nonces.Use.NO_ROOM);
        assertThat(nonces.use(device(20), nonce(1), LATER)).isEqualTo(Nonces.Use.FRESH);
    }

    @Test
    void remembersUntilNoneCanBeReplayed() {
        assertThat(nonces.isAnyFresh(NOW)).isFalse();
        nonces.use(PHONE, nonce(1), NOW);

        assertThat(nonces.isAnyFresh(NOW.plus(Nonces.KEPT))).isTrue();
        assertThat(nonces.isAnyFresh(LATER)).isFalse();
    }
}
