package lethe.seal.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class PrekeyUseTest {
    private static final PrekeyId ID = PrekeyId.of(0xfedc_ba98L);

    @Test
    void comesBackAsItWasWrittenDown() {
        PrekeyUse oneTime = new PrekeyUse(ID, null);
        PrekeyUse lastResort = new PrekeyUse(ID, Opaque.wrap(new byte[PrekeyUse.MARK]));

        assertThat(PrekeyUse.decode(oneTime.encode())).contains(oneTime);
        assertThat(PrekeyUse.decode(lastResort.encode())).contains(lastResort);
        assertThat(oneTime.encode().length()).isEqualTo(4);
        assertThat(lastResort.encode().length()).isEqualTo(20);
    }

    @Test
    void isOfNoOtherLength() {
        for (int length = 0; length < 40; length++) {
            assertThat(PrekeyUse.decode(Opaque.wrap(new byte[length])).isPresent())
                    .as("%d bytes", length)
                    .isEqualTo(length == 4 || length == 20);
        }
        assertThatThrownBy(() -> new PrekeyUse(ID, Opaque.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsItsPrekeyOnly() {
        assertThat(new PrekeyUse(PrekeyId.of(7), Opaque.wrap(new byte[PrekeyUse.MARK])))
                .hasToString("PrekeyUse[7]");
    }
}
