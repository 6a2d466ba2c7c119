package lethe.persistence.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The options of tables are judged by the settings they were made from. */
class TableRulesTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration WEEK = Duration.ofDays(7);

    private final TableRules rules = new TableRules("lethe", GRACE, WEEK);

    @Test
    void hasNothingToSayOfTablesAsTheyAreMade() {
        assertThat(rules.advice(true)).isEmpty();
        assertThat(rules.advice(new TableOptions("subscriber", GRACE, WEEK, false, false)))
                .isEmpty();
        assertThat(rules.advice(new TableOptions("incarnation", GRACE, Duration.ZERO, false, false)))
                .isEmpty();
    }

    @Test
    void refusesWritesThatAreNotDurable() {
        assertThat(rules.advice(false))
                .singleElement()
                .asString()
                .startsWith("ALTER KEYSPACE lethe WITH durable_writes = true;");
    }

    @Test
    void refusesDeletionsThatAreRememberedForDays() {
        var tenDays = new TableOptions("subscriber", Duration.ofDays(10), WEEK, false, false);
        assertThat(rules.advice(tenDays))
                .singleElement()
                .asString()
                .startsWith("ALTER TABLE lethe.subscriber WITH gc_grace_seconds = 600;");
    }

    @Test
    void refusesRowsThatStayForEver() {
        var lasting = new TableOptions("due", GRACE, Duration.ZERO, false, false);
        assertThat(rules.advice(lasting)).singleElement().asString().contains("default_time_to_live = 604800;");
    }

    /** A claim that goes by itself would let an older incarnation write. */
    @Test
    void refusesClaimsThatGoByThemselves() {
        var passing = new TableOptions("incarnation", GRACE, WEEK, false, false);
        assertThat(rules.advice(passing)).singleElement().asString().contains("default_time_to_live = 0;");
    }

    @Test
    void refusesCopiesInCachesAndForReaders() {
        assertThat(rules.advice(new TableOptions("subscriber", GRACE, WEEK, true, true)))
                .hasSize(2);
    }

    @Test
    void doesNotMindTheTableOfVersions() {
        var version = new TableOptions("schema_version", Duration.ofDays(10), Duration.ZERO, false, false);
        assertThat(rules.advice(version)).isEmpty();
    }
}
