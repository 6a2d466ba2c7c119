package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.audit.Lifetimes;
import lethe.persistence.audit.RetentionAuditor;
import lethe.persistence.audit.RetentionCount;
import lethe.persistence.audit.RetentionReport;
import lethe.persistence.cassandra.CassandraSettings;
import lethe.persistence.local.SharedCassandra;
import lethe.persistence.local.TestConfig;
import lethe.persistence.row.RowKind;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Whoever counts what is stored finds all of it, and what should not be there. */
public class RetentionTest extends JUnitSuite {
    private static final List<String> TABLES =
            List.of("incarnation", "subscriber", "due", "journal", "snapshot", "listed");
    private static final Duration MESSAGE = Duration.ofDays(3);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MOMENT = Duration.ofMinutes(1);
    private static final Duration LONG_GONE = Duration.ofDays(30);

    private static Node node;
    private static RetentionAuditor auditor;
    private static String keyspace;
    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();

    @BeforeClass
    public static void open() {
        keyspace = SharedCassandra.freshKeyspace("retention");
        var hasty = ConfigFactory.parseString("lethe.store.retry-within = 500ms");
        var settings = CassandraSettings.from(hasty.withFallback(TestConfig.forKeyspace(keyspace)));
        node = Node.open(settings, Clock.systemUTC());
        auditor =
                Node.await(RetentionAuditor.prepare(node.database, Lifetimes.of(settings, MESSAGE), Clock.systemUTC()));
    }

    @AfterClass
    public static void close() {
        node.close();
    }

    @Before
    public void forgetAll() {
        TABLES.forEach(table -> execute("TRUNCATE %s" + table));
    }

    @Test
    public void countsEveryKindOfRow() {
        var entity = givenOptedIn();
        var ended = entity.hold(given, 100);
        entity.hold(given, 100);
        entity.persist(given.ended(ended));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> count(AuditedKind.HELD).rows() == 1);
        var report = audit();
        assertThat(report.count(AuditedKind.HEAD).rows()).isEqualTo(1);
        assertThat(report.count(AuditedKind.RECEIPT).rows()).isEqualTo(1);
        assertThat(report.count(AuditedKind.NUMBER).rows()).isEqualTo(1);
        assertThat(report.count(AuditedKind.ENTRY).rows()).isEqualTo(1);
        assertThat(report.rows()).isEqualTo(5);
        assertThat(report.overdue()).isZero();
    }

    @Test
    public void countsWhatLiesOnManyPages() {
        var entity = givenOptedIn();
        var rows =
                IntStream.range(0, 2_500).mapToObj(i -> entity.next(given, 10)).toList();
        entity.persist(new SubscriberEvent.Held(rows));
        IntStream.range(0, 20)
                .forEach(i -> Entity.recover(node, given.persistenceId()).persist(given.optedIn()));

        var report = audit();
        assertThat(report.count(AuditedKind.HELD).rows()).isEqualTo(2_500);
        assertThat(report.count(AuditedKind.HEAD).rows()).isEqualTo(21);
        assertThat(report.count(AuditedKind.NUMBER).rows()).isEqualTo(21);
        assertThat(report.overdue()).isZero();
    }

    @Test
    public void findsNothingOfWhomHasOptedOut() {
        var entity = givenOptedIn();
        var ended = entity.hold(given, 100);
        entity.hold(given, 100);
        entity.persist(given.ended(ended));
        entity.persist(new SubscriberEvent.OptedOut());

        assertThat(audit().rows()).isZero();
    }

    @Test
    public void letsAConsentBeOldAndWithoutAnEnd() {
        number(1, LONG_GONE);
        row(RowKind.HEAD, 1, LONG_GONE, Duration.ZERO);

        var report = audit();
        assertThat(report.overdue()).isZero();
        assertThat(report.count(AuditedKind.HEAD).oldest()).isGreaterThan(LONG_GONE.minus(MOMENT));
    }

    @Test
    public void findsWhatWouldStayForEver() {
        givenOldConsent();
        row(RowKind.HELD, 1, MOMENT, Duration.ZERO);
        row(RowKind.RECEIPT, 1, MOMENT, Duration.ZERO);
        row(RowKind.KEYS, 1, MOMENT, Duration.ZERO);

        var report = audit();
        assertThat(report.count(AuditedKind.HELD).withoutTtl()).isEqualTo(1);
        assertThat(report.count(AuditedKind.RECEIPT).withoutTtl()).isEqualTo(1);
        assertThat(report.count(AuditedKind.KEYS).withoutTtl()).isEqualTo(1);
        assertThat(report.overdue()).isEqualTo(3);
    }

    @Test
    public void findsWhatIsThereAfterItsLongestLifetime() {
        givenOldConsent();
        row(RowKind.HELD, 1, MESSAGE.plus(DAY).plus(Duration.ofHours(2)), DAY);
        row(RowKind.RECEIPT, 1, Duration.ofDays(8), DAY);
        row(RowKind.KEYS, 1, Duration.ofDays(8), DAY);

        var report = audit();
        assertThat(report.count(AuditedKind.HELD).tooOld()).isEqualTo(1);
        assertThat(report.count(AuditedKind.RECEIPT).tooOld()).isEqualTo(1);
        assertThat(report.count(AuditedKind.KEYS).tooOld()).isEqualTo(1);
        assertThat(report.overdue()).isEqualTo(3);
    }

    @Test
    public void letsEverythingBeAsOldAsItMay() {
        givenOldConsent();
        row(RowKind.HELD, 1, MESSAGE.plus(DAY), DAY);
        row(RowKind.RECEIPT, 1, Duration.ofDays(7), DAY);

        assertThat(audit().overdue()).isZero();
    }

    @Test
    public void findsARowWithoutContent() {
        givenOldConsent();
        execute("INSERT INTO %ssubscriber (pid, kind, item, incarnation, life) VALUES ('" + pid + "', "
                + RowKind.HELD.code() + ", 0x01, 1, 1)");

        assertThat(audit().overdue()).isEqualTo(1);
    }

    @Test
    public void findsAKindOfRowThatItDoesNotKnow() {
        givenOldConsent();
        row((byte) 77, 1, Duration.ofHours(2), DAY);

        assertThat(count(AuditedKind.UNKNOWN).overdue()).isEqualTo(1);
    }

    @Test
    public void findsWhatNobodyOwns() {
        row(RowKind.HEAD, 1, Duration.ofHours(2), Duration.ZERO);
        row(RowKind.HELD, 1, Duration.ofHours(2), DAY);

        var report = audit();
        assertThat(report.count(AuditedKind.HEAD).unowned()).isEqualTo(1);
        assertThat(report.count(AuditedKind.HELD).unowned()).isEqualTo(1);
        assertThat(report.overdue()).isEqualTo(2);
    }

    @Test
    public void findsWhatIsLeftOfALifeThatWasErased() {
        number(2, LONG_GONE);
        row(RowKind.HEAD, 1, LONG_GONE, Duration.ZERO);
        row(RowKind.HEAD, 2, LONG_GONE, Duration.ZERO);
        row(RowKind.HELD, 1, Duration.ofHours(2), DAY);
        row(RowKind.HELD, 2, Duration.ofHours(2), DAY);

        var report = audit();
        assertThat(report.count(AuditedKind.HEAD).unowned()).isEqualTo(1);
        assertThat(report.count(AuditedKind.HELD).unowned()).isEqualTo(1);
        assertThat(report.overdue()).isEqualTo(2);
    }

    @Test
    public void findsANumberWithoutASubscriber() {
        number(1, Duration.ofHours(2));

        assertThat(count(AuditedKind.NUMBER).unowned()).isEqualTo(1);
    }

    @Test
    public void givesWhatJustBeginsItsTime() {
        Entity.recover(node, pid).accept(given.optedIn());
        row(RowKind.HELD, 7, MOMENT, DAY);

        var report = audit();
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.overdue()).isZero();
    }

    @Test
    public void findsAnEntryThatNobodyDealtWith() {
        due(Duration.ofHours(2), Duration.ofMinutes(5));
        due(Duration.ofMinutes(5), Duration.ofMinutes(30));
        due(Duration.ofMinutes(-5), Duration.ofDays(8));

        assertThat(count(AuditedKind.ENTRY).tooOld()).isEqualTo(2);
    }

    @Test
    public void findsAJournalOfASubscriber() {
        execute("INSERT INTO %sjournal (pid, sequence, payload) VALUES ('" + pid + "', 1, 0x01)");
        execute("INSERT INTO %ssnapshot (pid, sequence, payload) VALUES ('" + pid + "', 1, 0x01)");
        execute("INSERT INTO %sjournal (pid, sequence, payload) VALUES ('shards', 1, 0x01)");

        var report = audit();
        assertThat(report.count(AuditedKind.EVENT).overdue()).isEqualTo(1);
        assertThat(report.count(AuditedKind.SNAPSHOT).overdue()).isEqualTo(1);
    }

    @Test
    public void findsAListingThatWouldStayForEver() {
        execute("INSERT INTO %slisted (slice, entry, epoch, since) VALUES (0, 1, 1, 0) USING TTL 100");
        execute("INSERT INTO %slisted (slice, entry, epoch, since) VALUES (0, 2, 1, 0)");

        var count = count(AuditedKind.LISTED);
        assertThat(count.rows()).isEqualTo(2);
        assertThat(count.overdue()).isEqualTo(1);
    }

    @Test
    public void tellsNobodysName() {
        givenOptedIn().hold(given, 10);

        assertThat(audit().toJson()).doesNotContain(pid.substring("Subscriber|".length()));
    }

    private static RetentionReport audit() {
        return Node.await(auditor.audit());
    }

    private static RetentionCount count(AuditedKind kind) {
        return audit().count(kind);
    }

    private Entity givenOptedIn() {
        var entity = Entity.recover(node, pid);
        entity.persist(given.optedIn());
        return entity;
    }

    private void givenOldConsent() {
        number(1, LONG_GONE);
        row(RowKind.HEAD, 1, LONG_GONE, Duration.ZERO);
    }

    private void number(long born, Duration age) {
        execute(
                "INSERT INTO %sincarnation (pid, born, number) VALUES (?, ?, ?) USING TIMESTAMP ?",
                pid, born, born, micros(age));
    }

    private void row(RowKind kind, long life, Duration age, Duration lifetime) {
        row(kind.code(), life, age, lifetime);
    }

    private void row(byte kind, long life, Duration age, Duration lifetime) {
        execute(
                "INSERT INTO %ssubscriber (pid, kind, item, incarnation, life, sequence, payload)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?",
                pid,
                kind,
                ByteBuffer.allocate(1),
                life,
                life,
                1L,
                ByteBuffer.allocate(10),
                micros(age),
                Math.toIntExact(lifetime.toSeconds()));
    }

    private void due(Duration ago, Duration age) {
        execute(
                "INSERT INTO %sdue (bucket, slice, due_at, pid, incarnation) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
                1L, 1, Instant.now().minus(ago), pid, 1L, micros(age));
    }

    private static long micros(Duration age) {
        return Instant.now().minus(age).toEpochMilli() * 1000;
    }

    private static void execute(String cql, Object... values) {
        Node.await(node.database
                .prepare(cql)
                .thenCompose(statement ->
                        node.database.execute(statement.bind(values).setIdempotent(!cql.startsWith("TRUNCATE")))));
    }
}
