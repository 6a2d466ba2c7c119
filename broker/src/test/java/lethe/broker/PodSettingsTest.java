package lethe.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lethe.broker.edge.EdgeSettings;
import lethe.cluster.ClusterSettings;
import lethe.cluster.Meeting;
import org.junit.jupiter.api.Test;

/** What a broker reads in a pod of Kubernetes. */
class PodSettingsTest {
    private static final Path FILE =
            Path.of(Objects.requireNonNull(System.getProperty("lethe.home")), "k8s", "base", "broker", "lethe.conf");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LETHE_ADDRESS", "10.1.2.3",
            "LETHE_VERSION", "0.1.0",
            "LETHE_REQUIRED", "2",
            "LETHE_CASSANDRA", "cassandra.lethe-store.svc:9042",
            "LETHE_DATACENTER", "dc1",
            "LETHE_VERIFIER", "A".repeat(43));

    @Test
    void hasNoKeyThatABrokerDoesNotKnow() {
        Config config = settings(Map.of());

        assertThat(config.getString("akka.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(config.getString("akka.remote.artery.canonical.hostname")).isEqualTo("10.1.2.3");
        assertThat(ClusterSettings.from(config).meeting())
                .isEqualTo(new Meeting.Kubernetes("app.kubernetes.io/name=lethe-broker", 2));
        assertThat(EdgeSettings.from(config.getConfig("lethe")).tls().isOn()).isTrue();
        assertThat(config.getStringList("lethe.registration.verifiers")).hasSize(1);
    }

    @Test
    void keepsNoKeysOnADisk() {
        assertThat(settings(Map.of()).getString("lethe.forgetting.escrow")).isEqualTo("none");
    }

    @Test
    void isRefusedWithoutCertificates() {
        assertThatThrownBy(() -> settings(Map.of(
                        "lethe.cluster.tls.certificate", "",
                        "lethe.cluster.tls.private-key", "",
                        "lethe.cluster.tls.authority", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond the loopback");
    }

    private static Config settings(Map<String, String> more) {
        Map<String, String> single = new HashMap<>(ENVIRONMENT);
        single.putAll(more);
        return Configuration.of(single, Optional.of(FILE));
    }
}
