package lethe.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestNode;
import lethe.broker.TestOperator;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.cassandra.Database;
import lethe.persistence.cassandra.Schema;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.policy.PolicyTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Cassandra keeps of the policy, and what a node believes of it. */
class StoredPolicyTest {
    private static final String TEXT = "Off by default.";

    @TempDir
    private Path data;

    private final TestOperator operator = new TestOperator();
    private final CurrentPolicy current = new CurrentPolicy(Policy.of(3, TEXT), TEXT);
    private Database database;
    private PolicyTable table;

    @BeforeEach
    void open() {
        CassandraSettings settings =
                CassandraSettings.from(TestNode.configuration(SharedCassandra.freshKeyspace("policy"), data, Map.of()));
        database = await(Database.open(settings).thenCompose(Schema::migrate));
        table = await(PolicyTable.prepare(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void hasNothingBeforeSomebodyRaises() {
        assertThat(await(table.highest())).isZero();
        assertThat(await(table.latest())).isEmpty();
        await(stored(operator.key()).readFirst());
        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    @Test
    void keepsOneOfEachEpochAndTellsTheHighest() {
        SignedPolicy fifth = operator.sign(5, "Five: é.");
        assertThat(await(table.add(fifth))).isTrue();
        assertThat(await(table.add(operator.sign(4, "Four.")))).isTrue();
        assertThat(await(table.add(fifth))).isTrue();
        assertThat(await(table.add(operator.sign(5, "Another five.")))).isFalse();

        assertThat(await(table.highest())).isEqualTo(5);
        assertThat(await(table.latest())).contains(fifth);
    }

    @Test
    void bringsALaterOneIntoForceAtTheStart() {
        SignedPolicy later = operator.sign(4, "Four.");
        await(table.add(later));

        await(stored(operator.key()).readFirst());

        assertThat(current.shown().signed()).contains(later);
    }

    @Test
    void leavesALaterOneOfTheSettingsInForce() {
        await(table.add(new TestOperator().sign(2, "Two.")));

        await(stored(operator.key()).readFirst());

        assertThat(current.policy()).isEqualTo(Policy.of(3, TEXT));
    }

    /** Else whoever agreed to the first epoch only would be on again. */
    @Test
    void doesNotStartBelowAnEpochThatItCannotBelieve() {
        await(table.add(operator.sign(4, "Four.")));

        assertThatThrownBy(() -> await(stored(new TestOperator().key()).readFirst()))
                .hasMessageContaining("lethe.policy.key");
        assertThatThrownBy(() -> await(new StoredPolicy(current, table, Optional.empty()).readFirst()))
                .hasMessageContaining("lethe.policy.key");
        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    /** How an operator who has lost the key gets a new one into force. */
    @Test
    void startsWithTheVerySamePolicyUnderAnotherKey() {
        await(table.add(operator.sign(3, TEXT)));

        await(stored(new TestOperator().key()).readFirst());

        assertThat(current.policy().epoch()).isEqualTo(3);
        assertThat(current.shown().signed()).isEmpty();
    }

    @Test
    void doesNotStartWithAnotherTextOfTheSameEpoch() {
        await(table.add(operator.sign(3, "Another three.")));

        assertThatThrownBy(() -> await(stored(operator.key()).readFirst())).hasMessageContaining("text-file");
    }

    @Test
    void ignoresWhatSomebodyElseHasWrittenIntoTheStore() {
        StoredPolicy stored = stored(operator.key());
        await(table.add(new TestOperator().sign(9, "On for everybody.")));

        assertThat(await(stored.look())).isEqualTo(9);

        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    @Test
    void findsWhatWasRaisedElsewhere() {
        StoredPolicy stored = stored(operator.key());
        assertThat(await(stored.look())).isZero();
        SignedPolicy later = operator.sign(4, "Four.");
        await(table.add(later));

        assertThat(await(stored.look())).isEqualTo(4);

        assertThat(current.shown().signed()).contains(later);
    }

    private StoredPolicy stored(DeviceKey key) {
        return new StoredPolicy(current, table, Optional.of(key));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
