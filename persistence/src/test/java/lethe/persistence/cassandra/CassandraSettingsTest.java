package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Settings that cannot be right are refused at the start, by name. */
public class CassandraSettingsTest extends JUnitSuite {

    @Test
    public void readsTheDocumentedKeys() {
        var settings = CassandraSettings.from(with("contact-points = [\"10.0.0.1:9042\", \"10.0.0.2:9043\"]"));
        assertThat(settings.contactPoints())
                .extracting(point -> point.getAddress().getHostAddress() + " " + point.getPort())
                .containsExactly("10.0.0.1 9042", "10.0.0.2 9043");
        assertThat(settings.replication()).isEqualTo("{'class': 'SimpleStrategy', 'replication_factor': '1'}");
        assertThat(settings.isFenced("Subscriber|x")).isTrue();
        assertThat(settings.isFenced("Subscribers|x")).isFalse();
    }

    @Test
    public void namesAnUnknownKey() {
        assertThatThrownBy(() -> CassandraSettings.from(with("keyspaze = x"))).hasMessageContaining("keyspaze");
    }

    @Test
    public void refusesAKeyspaceThatIsNoName() {
        assertThatThrownBy(() -> CassandraSettings.from(with("keyspace = \"x; DROP\"")))
                .hasMessageContaining("keyspace");
    }

    @Test
    public void refusesAFenceThatIsNotSerial() {
        assertThatThrownBy(() -> CassandraSettings.from(with("serial-consistency = ONE")))
                .hasMessageContaining("SERIAL");
    }

    /** Cassandra would take it for ever. */
    @Test
    public void refusesALifetimeOfNothing() {
        assertThatThrownBy(() -> CassandraSettings.from(with("expiry-margin = 0s")))
                .hasMessageContaining("expiry-margin");
        assertThatThrownBy(() -> CassandraSettings.from(with("receipt-lifetime = 0s")))
                .hasMessageContaining("receipt-lifetime");
        assertThatThrownBy(() -> CassandraSettings.from(with("retention = 0s"))).hasMessageContaining("retention");
    }

    @Test
    public void refusesMoreAtOnceThanAConnectionCarries() {
        assertThatThrownBy(() -> CassandraSettings.from(with("max-requests-per-connection = 1023")))
                .hasMessageContaining("max-requests-per-connection is below 1024");
    }

    @Test
    public void refusesACircuitBreakerThatCutsRepetitionsShort() {
        assertThatThrownBy(() -> CassandraSettings.from(with("journal.circuit-breaker.call-timeout = 25s")))
                .hasMessageContaining("journal.circuit-breaker.call-timeout");
        assertThatThrownBy(() -> CassandraSettings.from(with("snapshot-store.circuit-breaker.call-timeout = 25s")))
                .hasMessageContaining("snapshot-store.circuit-breaker.call-timeout");
    }

    private static Config with(String line) {
        return ConfigFactory.parseString("lethe.store { " + line + " }").withFallback(ConfigFactory.load());
    }
}
