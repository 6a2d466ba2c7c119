package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import lethe.broker.edge.resource.RegistrationSettings;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class RegistrationSettingsTest {
    private static RegistrationSettings of(String registration) {
        return RegistrationSettings.from(ConfigFactory.parseString(registration)
                .withFallback(ConfigFactory.parseString("verifiers = [], open = off")));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void letNobodyStartABrokerThatCouldLetNobodyIn() {
        assertThatThrownBy(() -> of("").requireSomebodyCanOptIn())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lethe.registration.open");
        of("open = on").requireSomebodyCanOptIn();
        of("verifiers = [\"" + Opaque.wrap(bytes(32)).toText() + "\"]").requireSomebodyCanOptIn();
    }

    @Test
    void takeAVerifierAsPhonesPinItToo() {
        byte[] pinned = bytes(64);
        DeviceKey signing = new DeviceKey(Opaque.wrap(Arrays.copyOfRange(pinned, 32, 64)));

        assertThat(of("verifiers = [\"" + Opaque.wrap(pinned).toText() + "\"]").verifiers())
                .containsExactly(signing);
        assertThat(of("verifiers = [\"" + signing.bytes().toText() + "\"]").verifiers())
                .containsExactly(signing);
    }

    @Test
    void refuseWhatIsNoKeyWithoutQuotingIt() {
        assertThatThrownBy(() -> of("verifiers = [\"sesame\"]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lethe.registration.verifiers")
                .hasMessageNotContaining("sesame");
    }
}
