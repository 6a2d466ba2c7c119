package lethe.broker.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {
    private static final String FILES = "ca = ca.pem, certificate = broker.pem, private-key = broker.key";

    private static Optional<GatewaySettings> from(String changes) {
        Config shipped = ConfigFactory.parseResources("reference.conf").getConfig("lethe.gateway");
        return GatewaySettings.from(ConfigFactory.parseString(changes).withFallback(shipped));
    }

    @Test
    void namesNoGatewayAsShipped() {
        assertThat(from("")).isEmpty();
    }

    @Test
    void takesTlsWithFilesAndTheLoopbackWithout() {
        assertThat(from("url = \"https://gateway.example:8092\", " + FILES)).isPresent();
        for (String loopback : new String[] {"127.0.0.1", "127.8.9.10", "[::1]", "localhost"}) {
            assertThat(from("url = \"http://" + loopback + ":8092\""))
                    .as(loopback)
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url = \"http://gateway.example:8092\"",
                "url = \"http://127.0.0.1.example:8092\"",
                "url = \"http://127.0.0.1:8092\", ca = ca.pem",
                "url = \"https://gateway.example:8092\"",
                "url = \"https://gateway.example:8092\", ca = ca.pem",
                "url = \"https://gateway.example:8092\", certificate = a.pem, private-key = a.key",
                "url = \"https://somebody@gateway.example:8092\", " + FILES,
                "url = \"https://gateway.example:8092/there\", " + FILES,
                "url = \"https://gateway.example:8092?a=b\", " + FILES,
                "url = \"ftp://gateway.example\", " + FILES,
                "url = \"gateway.example\", " + FILES,
                "url = \"not a url\", " + FILES,
                "url = \"http://127.0.0.1:8092\", at-once = 0",
                "url = \"http://127.0.0.1:8092\", waiting = -1",
                "url = \"http://127.0.0.1:8092\", answer-within = 0",
                "url = \"http://127.0.0.1:8092\", answer-within = 2m",
            })
    void refusesAnythingElse(String settings) {
        assertThatThrownBy(() -> from(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lethe.gateway");
    }
}
