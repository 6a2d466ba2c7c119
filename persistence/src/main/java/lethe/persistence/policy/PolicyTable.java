package lethe.persistence.policy;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.Opaque;
import lethe.persistence.cassandra.Database;

/**
 * The table of the policies that were signed and raised: one row for each epoch, never changed and never deleted, so
 * whoever reads the first row has the highest epoch. Signatures are not checked here.
 */
public final class PolicyTable {

    /** All are in one partition: a keyspace belongs to one installation. */
    private static final int INSTALLATION = 0;

    private final Database database;
    private final PreparedStatement insert;
    private final PreparedStatement highest;
    private final PreparedStatement latest;
    private final PreparedStatement one;

    private PolicyTable(Database database, List<PreparedStatement> prepared) {
        this.database = database;
        this.insert = prepared.get(0);
        this.highest = prepared.get(1);
        this.latest = prepared.get(2);
        this.one = prepared.get(3);
    }

    public static CompletionStage<PolicyTable> prepare(Database database) {
        return database.prepareAll(List.of(
                        "INSERT INTO %spolicy (installation, epoch, text, signed_at, signature)"
                                + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS",
                        "SELECT epoch FROM %spolicy WHERE installation = ? LIMIT 1",
                        "SELECT epoch, text, signed_at, signature FROM %spolicy WHERE installation = ? LIMIT 1",
                        "SELECT epoch, text, signed_at, signature FROM %spolicy WHERE installation = ? AND epoch = ?"))
                .thenApply(prepared -> new PolicyTable(database, prepared));
    }

    /** The highest epoch that was raised; 0 if none was. */
    public CompletionStage<Long> highest() {
        return database.execute(highest.bind(INSTALLATION))
                .thenApply(found -> Optional.ofNullable(found.one())
                        .map(row -> row.getLong("epoch"))
                        .orElse(0L));
    }

    /** The policy with the highest epoch; empty if none was raised. */
    public CompletionStage<Optional<SignedPolicy>> latest() {
        return database.execute(latest.bind(INSTALLATION))
                .thenApply(found -> Optional.ofNullable(found.one()).map(PolicyTable::policy));
    }

    /**
     * Stores a policy, unless there is another one of its epoch: of two that are raised at once, one is.
     *
     * @return whether it is stored, now or already
     */
    public CompletionStage<Boolean> add(SignedPolicy signed) {
        long epoch = signed.policy().epoch();
        var statement = insert.bind(
                        INSTALLATION,
                        epoch,
                        signed.text(),
                        signed.at(),
                        ByteBuffer.wrap(signed.signature().toBytes()))
                .setIdempotent(false);
        return database.execute(statement)
                .thenCompose(result -> result.wasApplied()
                        ? CompletableFuture.completedFuture(true)
                        : database.execute(one.bind(INSTALLATION, epoch))
                                .thenApply(found -> Optional.ofNullable(found.one())
                                        .map(PolicyTable::policy)
                                        .filter(signed::equals)
                                        .isPresent()));
    }

    private static SignedPolicy policy(Row row) {
        var text = Objects.requireNonNull(row.getString("text"));
        var bytes = Objects.requireNonNull(row.getByteBuffer("signature"));
        var signature = new byte[bytes.remaining()];
        bytes.get(signature);
        return new SignedPolicy(
                Policy.of(row.getLong("epoch"), text),
                text,
                Objects.requireNonNull(row.getInstant("signed_at")),
                Opaque.wrap(signature));
    }
}
