package lethe.device.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import org.junit.jupiter.api.Test;

class SimMarkTest {
    private static final String IMSI = "262011234567890";
    private static final String IMEI = "490154203237518";
    private static final Sim SIM = sim(IMSI, IMEI);

    private final Random random = new Random(1);

    private static Sim sim(String imsi, String imei) {
        return new Sim(PlainIdentifier.of(Kind.IMSI, imsi), PlainIdentifier.of(Kind.IMEI, imei));
    }

    @Test
    void knowsItsSimAgainAndNoOther() {
        SimMark mark = SimMark.of(SIM, random);

        assertThat(mark.isOf(sim(IMSI, IMEI))).isTrue();
        assertThat(mark.isOf(sim("262011234567891", IMEI))).isFalse();
        assertThat(mark.isOf(sim(IMSI, "490154203237519"))).isFalse();
    }

    @Test
    void knowsItAgainAfterItWasStored() {
        SimMark mark = SimMark.of(SIM, random);

        assertThat(new SimMark(
                                Opaque.wrap(mark.secret().toBytes()),
                                Opaque.wrap(mark.mark().toBytes()))
                        .isOf(SIM))
                .isTrue();
    }

    @Test
    void isAnotherOneEachTimeSoThatTwoPhonesCannotBeCompared() {
        assertThat(SimMark.of(SIM, random).mark())
                .isNotEqualTo(SimMark.of(SIM, random).mark());
    }

    @Test
    void tellsWhereTheImsiEnds() {
        SimMark mark = SimMark.of(sim("26201123456789", IMEI), random);

        assertThat(mark.isOf(sim("262011234567890", IMEI))).isFalse();
    }

    @Test
    void showsNothing() {
        assertThat(SIM + " " + SimMark.of(SIM, random)).doesNotContain("26201", "49015");
    }

    @Test
    void isMadeOfAnImsiAndAnImei() {
        PlainIdentifier imei = PlainIdentifier.of(Kind.IMEI, IMEI);
        assertThatThrownBy(() -> new Sim(imei, imei)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SimMark(Opaque.empty(), Opaque.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
