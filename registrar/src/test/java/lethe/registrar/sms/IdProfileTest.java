package lethe.registrar.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lethe.registrar.sms.DeliveryReport.State;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;

class IdProfileTest {
    @Test
    void knowsAnIdInBothItsForms() {
        assertThat(IdProfile.HEX_DECIMAL.ofText("1715004")).isEqualTo(IdProfile.HEX_DECIMAL.ofAnswer("001A2b3c"));
        assertThat(IdProfile.DECIMAL_HEX.ofText("1A2B3C")).isEqualTo(IdProfile.DECIMAL_HEX.ofAnswer("1715004"));
        assertThat(IdProfile.EXACT.ofText("AB-12")).isEqualTo(IdProfile.EXACT.ofAnswer("ab-12"));
        assertThat(IdProfile.EXACT.ofText("0012")).isNotEqualTo(IdProfile.EXACT.ofAnswer("12"));
        assertThat(IdProfile.HEX_DECIMAL.ofText("12")).isNotEqualTo(IdProfile.HEX_DECIMAL.ofAnswer("12"));
        assertThat(IdProfile.HEX_DECIMAL.ofText("uuid-1")).isEqualTo(IdProfile.HEX_DECIMAL.ofAnswer("UUID-1"));
    }

    @Test
    void prefersTheParameterInWhicheverFormItIs() {
        String key = IdProfile.HEX_DECIMAL.ofAnswer("1a2b3c");

        assertThat(key("id:1715004 stat:DELIVRD", "1a2b3c")).contains(key);
        assertThat(key("id:1715004 stat:DELIVRD", "1715004")).contains(key);
        assertThat(key("stat:DELIVRD", "1a2b3c")).contains(key);
        assertThat(key("id:99 stat:DELIVRD", "1a2b3c")).contains(key);
        assertThat(key("id:1715004 stat:DELIVRD", "")).contains(key);
    }

    @Test
    void readsStatesOfParametersAndTexts() {
        assertThat(state("id:1 stat:UNDELIV", 2)).contains(State.DELIVERED);
        assertThat(state("id:1 stat:DELIVRD", 5)).contains(State.FAILED);
        assertThat(state("id:1 stat:DELIVRD", 1)).contains(State.OPEN);
        assertThat(state("id:1 Stat:delivrd", 0)).contains(State.DELIVERED);
        assertThat(state("id:1 stat:REJECTD", 0)).contains(State.FAILED);
        assertThat(state("id:1 stat:UNKNOWN", 0)).contains(State.OPEN);
        assertThat(state("id:1 submit date:1 done date:2", 0)).isEmpty();
        assertThat(state("delivered", 0)).isEmpty();
    }

    private static Optional<String> key(String text, String parameter) {
        DeliverSm sms = sms(text);
        if (!parameter.isEmpty()) {
            sms.setOptionalParameters(new OptionalParameter.Receipted_message_id(parameter));
        }
        return DeliveryReport.read(sms, IdProfile.HEX_DECIMAL).map(DeliveryReport::key);
    }

    private static Optional<State> state(String text, int parameter) {
        DeliverSm sms = sms(text);
        if (parameter != 0) {
            sms.setOptionalParameters(new OptionalParameter.Message_state((byte) parameter));
        }
        return DeliveryReport.read(sms, IdProfile.EXACT).map(DeliveryReport::state);
    }

    private static DeliverSm sms(String text) {
        DeliverSm sms = new DeliverSm();
        sms.setShortMessage(text.getBytes(StandardCharsets.ISO_8859_1));
        return sms;
    }
}
