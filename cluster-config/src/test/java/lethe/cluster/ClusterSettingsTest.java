package lethe.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
    private static final String TLS = "tls { certificate = c.pem, private-key = k.pem, authority = a.pem }";
    private static final Config DEFAULTS = ConfigFactory.parseString("""
            lethe.cluster {
              address = "127.0.0.1", port = 0, shards = 10, roles = [edge, shard], app-version = "1.2.3", meet = self
              seeds = [], bootstrap-port = 8558, stable-after = 5 s
              kubernetes { selector = "app=broker", required = 2 }
              tls { certificate = "", private-key = "", authority = "", reload-after = 5 m }
            }
            """);

    @Test
    void areAClusterOfOneUnlessSomebodySaysOtherwise() {
        ClusterSettings settings = settings("");

        assertThat(settings.meeting()).isEqualTo(new Meeting.Alone());
        assertThat(settings.roles()).isEqualTo(Set.of(Role.EDGE, Role.SHARD));
        assertThat(settings.certificates().isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.77.0.3", "localhost", "::1", "[::1]"})
    void needNoCertificatesOnTheLoopback(String address) {
        assertThat(settings("address = \"" + address + "\"").address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "10.0.0.1", "broker.example.org", "::", "127.0.0.1.example.org", "192.168.127.1"})
    void needCertificatesBeyondIt(String address) {
        String given = "address = \"" + address + "\"";

        assertThatThrownBy(() -> settings(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lethe.cluster.tls");
        assertThat(settings(given + "\n" + TLS).certificates().isOn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 65536 | lethe.cluster.port",
                "port = -1 | lethe.cluster.port",
                "bootstrap-port = 0 | lethe.cluster.bootstrap-port",
                "shards = 0 | lethe.cluster.shards",
                "roles = [] | lethe.cluster.roles",
                "roles = [edge, queen] | lethe.cluster.roles",
                "app-version = \"one two\" | lethe.cluster.app-version",
                "app-version = \"\" | lethe.cluster.app-version",
                "stable-after = 10 ms | lethe.cluster.stable-after",
                "meet = multicast | lethe.cluster.meet",
                "meet = seeds | lethe.cluster.seeds",
                "meet = seeds, seeds = [\"10.0.0.1\"] | lethe.cluster.seeds",
                "meet = seeds, seeds = [\"10.0.0.1:0\"] | lethe.cluster.seeds",
                "meet = seeds, seeds = [\"10.0.0.1:65536\"] | lethe.cluster.seeds",
                "meet = seeds, seeds = [\"http://a:1\"] | lethe.cluster.seeds",
                "meet = seeds, seeds = [\"a:1\", \"a:1\"] | lethe.cluster.seeds",
                "meet = kubernetes, kubernetes.required = 0 | lethe.cluster.kubernetes.required",
                "meet = kubernetes, kubernetes.selector = \"app\" | lethe.cluster.kubernetes.selector",
                "meet = kubernetes, kubernetes.selector = \"app=%s\" | lethe.cluster.kubernetes.selector",
                "tls.certificate = c.pem | lethe.cluster.tls",
                "tls.reload-after = 1 ms | lethe.cluster.tls.reload-after",
            })
    void nameWhatIsOutOfBounds(String given, String key) {
        assertThatThrownBy(() -> settings(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key);
    }

    @Test
    void readAListOfNodes() {
        assertThat(settings("meet = seeds, seeds = [\"10.0.0.1:8558\", \"[fd00::2]:8558\", \"b-3.example:1\"]")
                        .meeting())
                .isEqualTo(new Meeting.Seeds(List.of(
                        new ContactPoint("10.0.0.1", 8558),
                        new ContactPoint("[fd00::2]", 8558),
                        new ContactPoint("b-3.example", 1))));
    }

    @Test
    void speakInClearOnlyWithoutCertificates() {
        assertThat(akka("").getString("akka.remote.artery.transport")).isEqualTo("tcp");
        Config secured = akka(TLS);
        assertThat(secured.getString("akka.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(secured.getString("akka.remote.artery.ssl.rotating-keys-engine.key-file"))
                .isEqualTo("k.pem");
    }

    /** A node that begins a cluster although it reaches only a part of the others makes two of one. */
    @Test
    void beginAClusterOnlyWithEverybodyOnTheList() {
        Config config = akka("meet = seeds, seeds = [\"a:1\", \"b:1\", \"c:1\"]");

        String discovery = "akka.management.cluster.bootstrap.contact-point-discovery.";
        assertThat(config.getInt(discovery + "required-contact-point-nr")).isEqualTo(3);
        assertThat(config.getBoolean(discovery + "contact-with-all-contact-points"))
                .isTrue();
        assertThat(config.getConfigList("akka.discovery.config.services.lethe.endpoints"))
                .hasSize(3);
    }

    @Test
    void tellAkkaWhatANodeIsFor() {
        Config config = akka("roles = [edge], app-version = \"2.0.0\", stable-after = 7 s");

        assertThat(config.getStringList("akka.cluster.roles")).containsExactly("edge");
        assertThat(config.getString("akka.cluster.app-version")).isEqualTo("2.0.0");
        assertThat(config.getString("akka.cluster.sharding.role")).isEqualTo("shard");
        assertThat(config.getDuration("akka.cluster.split-brain-resolver.stable-after"))
                .hasSeconds(7);
    }

    @Test
    void letTheOperatorHaveTheLastWord() {
        Config above = ConfigFactory.parseString(
                "akka.management.cluster.bootstrap.contact-point-discovery.stable-margin = 1 s");

        assertThat(ClusterSettings.resolve(above, below(""))
                        .getDuration("akka.management.cluster.bootstrap.contact-point-discovery.stable-margin"))
                .hasSeconds(1);
    }

    private static ClusterSettings settings(String given) {
        return ClusterSettings.from(below(given).resolve());
    }

    private static Config akka(String given) {
        return ClusterSettings.resolve(ConfigFactory.empty(), below(given));
    }

    private static Config below(String given) {
        return ConfigFactory.parseString("lethe.cluster {\n" + given + "\n}")
                .withFallback(DEFAULTS)
                .withFallback(ConfigFactory.defaultReferenceUnresolved());
    }
}
