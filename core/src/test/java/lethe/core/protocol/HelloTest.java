package lethe.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lethe.core.Samples;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void provesThisDeviceOfThisAddressToThisChallengeOnly() {
        Random random = new Random(1);
        Opaque nonce = Samples.opaque(random, 32);
        Tag tag = Samples.tag(random);
        DeviceId device = Samples.deviceId(random);
        byte[] statement = ClientFrame.Hello.statement(nonce, tag, device);

        assertThat(ClientFrame.Hello.statement(nonce, tag, device)).isEqualTo(statement);
        assertThat(ClientFrame.Hello.statement(Samples.opaque(random, 32), tag, device))
                .isNotEqualTo(statement);
        assertThat(ClientFrame.Hello.statement(nonce, Samples.tag(random), device))
                .isNotEqualTo(statement);
        assertThat(ClientFrame.Hello.statement(nonce, tag, Samples.deviceId(random)))
                .isNotEqualTo(statement);
    }
}
