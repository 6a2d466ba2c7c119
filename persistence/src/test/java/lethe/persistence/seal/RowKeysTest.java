package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import org.junit.jupiter.api.Test;

class RowKeysTest {
    private final RowKeys keys = new RowKeys();

    @Test
    void renewsWhatIsOlderThanTheEpochAndNothingElse() {
        keys.put(row(1), key(1, 10));
        keys.put(row(2), key(2, 11));

        assertThat(RowKeys.read(Opaque.wrap(keys.renewal(11).orElseThrow()))).containsOnlyKeys(row(1));
    }

    @Test
    void renewsOnceAnEpoch() {
        keys.put(row(1), key(1, 10));

        assertThat(keys.renewal(11)).isPresent();
        assertThat(keys.renewal(11)).isEmpty();
    }

    /** A keys row replaces the one before. */
    @Test
    void renewsEverythingThatIsOlderInEveryEpoch() {
        keys.put(row(1), key(1, 10));
        keys.renewal(11);
        keys.put(row(2), key(2, 11));

        assertThat(RowKeys.read(Opaque.wrap(keys.renewal(12).orElseThrow()))).containsOnlyKeys(row(1), row(2));
    }

    @Test
    void saysNothingOfRowsThatAreGoneAndOverwritesTheirKeys() {
        RowKey gone = key(1, 10);
        keys.put(row(1), gone);
        keys.destroy(row(1));

        assertThat(keys.renewal(11)).isEmpty();
        assertThat(gone.bytes()).containsOnly(0);
    }

    @Test
    void readsTheKeysItSaid() {
        keys.put(row(1), key(7, 10));

        assertThat(RowKeys.read(Opaque.wrap(keys.renewal(11).orElseThrow())).get(row(1)))
                .isEqualTo(key(7, 10).bytes());
    }

    private static RowAddress row(int number) {
        byte[] id = new byte[MessageId.LENGTH];
        id[0] = (byte) number;
        return RowAddress.held(new MessageId(Opaque.wrap(id)), number);
    }

    private static RowKey key(int with, long epoch) {
        byte[] bytes = new byte[EpochKey.LENGTH];
        Arrays.fill(bytes, (byte) with);
        return new RowKey(bytes, epoch);
    }
}
