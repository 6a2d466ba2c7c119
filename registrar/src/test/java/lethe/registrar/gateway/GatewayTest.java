package lethe.registrar.gateway;

import static lethe.registrar.gateway.Installed.NUMBER;
import static lethe.registrar.gateway.Installed.PATIENCE;
import static lethe.registrar.gateway.Installed.config;
import static lethe.registrar.gateway.Installed.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.sms.IdProfile;
import lethe.registrar.sms.centre.Behaviour;
import lethe.registrar.sms.centre.Behaviour.Order;
import lethe.registrar.sms.centre.DevelopmentCentre;
import lethe.registrar.sms.centre.Received;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a capsule, over HTTP, a disk and SMPP, to a report. */
class GatewayTest {
    private static final String LONG = "Grüße an alle, die das hier lesen! ".repeat(12);
    private static final String LONG_UCS2 = "Καλημέρα 👋🏽, как дела? ".repeat(12);

    private final List<Received> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private DevelopmentCentre centre;
    private Installed gateway;

    @BeforeEach
    void open() throws Exception {
        centre = centre(0);
        gateway = new Installed(directory, config(centre.port()));
        awaitBound();
    }

    private DevelopmentCentre centre(int port) throws Exception {
        return DevelopmentCentre.open(
                port, "sesame", Behaviour.good(), ServerSocketFactory.getDefault(), received::add);
    }

    private void awaitBound() {
        await("bound").atMost(PATIENCE).until(() -> centre.bound() > 0);
    }

    /** The same gateway with other settings of its centre. */
    private void reopen(String... lines) throws Exception {
        gateway.close();
        gateway = new Installed(directory, config(centre.port(), lines), gateway.clock);
        await().atMost(PATIENCE).until(() -> centre.bound() == 1);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        centre.close();
    }

    @Test
    void sendsWhatWasSealedAndSaysThatItArrived() throws Exception {
        MessageId id = gateway.id();
        gateway.taken(id, gateway.capsule(id, NUMBER, new SmsWording.Notice("de-AT", "#k7f2qx")));

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(received).hasSize(1);
        Received sms = received.get(0);
        assertThat(sms.number()).isEqualTo(NUMBER);
        assertThat(sms.masked()).isEqualTo("+49*********01");
        assertThat(new String(sms.message().shared(), StandardCharsets.ISO_8859_1))
                .contains("neue Nachricht")
                .endsWith(" #k7f2qx");
        assertThat(sms.validity()).matches("0000000059[0-5][0-9]000R");
    }

    @Test
    void sendsOnceHoweverOftenItIsAsked() throws Exception {
        MessageId id = gateway.id();
        Opaque capsule = gateway.capsule(id, NUMBER, new SmsWording.Text("once"));
        gateway.taken(id, capsule);
        gateway.taken(id, capsule);
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        gateway.taken(id, capsule);

        assertThat(problem(gateway.put(id, gateway.capsule(id, NUMBER, new SmsWording.Text("twice"))))
                        .type())
                .isEqualTo(ProblemType.ID_REUSED);
        gateway.acknowledge(id);
        assertThat(gateway.all()).isEmpty();
        gateway.taken(id, capsule);
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(received).hasSize(1);
    }

    @Test
    void refusesCapsulesThatAreNoneForItOrForTheMessage() throws Exception {
        MessageId id = gateway.id();
        Opaque good = gateway.capsule(id, NUMBER, new SmsWording.Text("x"));
        byte[] forged = good.toBytes();
        forged[100] ^= 1;
        Opaque toAnother = gateway.capsule(
                GatewayOpeningKey.draw(new Random(99)).gatewayKey(),
                id,
                NUMBER,
                new SmsWording.Text("x"),
                Duration.ofHours(1));

        assertThat(problem(gateway.put(gateway.id(), good)).type()).isEqualTo(ProblemType.NOT_SEALED);
        assertThat(problem(gateway.put(id, Opaque.wrap(forged))).type()).isEqualTo(ProblemType.NOT_SEALED);
        assertThat(problem(gateway.put(id, toAnother)).type()).isEqualTo(ProblemType.NOT_SEALED);
        assertThat(problem(gateway.put(id, Opaque.wrap(new byte[] {1}))).type()).isEqualTo(ProblemType.NOT_SEALED);
        assertThat(gateway.ask("PUT", "/v1/sms/" + id.toText(), new byte[] {0x13})
                        .statusCode())
                .isEqualTo(400);
        assertThat(received).isEmpty();
    }

    @Test
    void refusesWhatHasExpiredByEitherClock() throws Exception {
        MessageId id = gateway.id();
        Opaque capsule =
                gateway.capsule(Installed.KEYS.pinned(), id, NUMBER, new SmsWording.Text("x"), Duration.ofMinutes(10));

        assertThat(problem(gateway.put(id, capsule, gateway.clock.instant().minusSeconds(1)))
                        .type())
                .isEqualTo(ProblemType.GONE);
        gateway.clock.advance(Duration.ofMinutes(11));
        assertThat(problem(gateway.put(id, capsule)).type()).isEqualTo(ProblemType.GONE);
    }

    @Test
    void tellsNothingOfANumberThatItDoesNotServe() throws Exception {
        MessageId id = gateway.id();

        var refused = gateway.put(id, gateway.capsule(id, "+33123456789", new SmsWording.Text("x")));

        assertThat(problem(refused).type()).isEqualTo(ProblemType.SMS_UNAVAILABLE);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void countsPartsBeforeTheyCost() throws Exception {
        MessageId id = gateway.id();

        var refused = gateway.put(id, gateway.capsule(id, NUMBER, new SmsWording.Text("x".repeat(153 * 20))));

        assertThat(problem(refused).type()).isEqualTo(ProblemType.TOO_LARGE);
        assertThat(problem(refused).limit()).isEqualTo(6);
    }

    @Test
    void countsThePartsOfTheCentreThatNeedsMost() throws Exception {
        gateway.close();
        gateway = new Installed(
                directory,
                config(centre.port())
                        + "centres.other = ${centres.one} { alphabet = common }\n"
                        + "routes = [ { prefixes = [\"+49\"], centres = [one, other] } ]");
        MessageId id = gateway.id();
        // Five parts in the GSM alphabet, eleven in UCS-2.
        String text = "ü".repeat(700);

        assertThat(problem(gateway.put(id, gateway.capsule(id, NUMBER, new SmsWording.Text(text))))
                        .type())
                .isEqualTo(ProblemType.TOO_LARGE);
    }

    @Test
    void stopsASubscriberWhoseDayIsUsedUp() throws Exception {
        gateway.close();
        gateway = new Installed(directory, config(centre.port()) + "costs.subscriber-a-day = 3");
        awaitBound();
        for (int i = 0; i < 3; i++) {
            gateway.sent("x");
        }
        MessageId id = gateway.id();

        var refused = gateway.put(id, gateway.capsule(id, NUMBER, new SmsWording.Text("x")));

        assertThat(problem(refused).type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void goesToTheNextCentreOfItsRouteWhenTheFirstIsAway() throws Exception {
        gateway.close();
        gateway = new Installed(
                directory,
                config(centre.port())
                        + "centres.dead = ${centres.one} { port = 1 }\n"
                        + "routes = [ { prefixes = [\"+49\"], centres = [dead, one] } ]");

        assertThat(gateway.end(gateway.sent("x"))).isEqualTo(SmsEnd.DELIVERED);
        assertThat(received).hasSize(1);
    }

    @Test
    void joinsPartsInEachOfTheWaysThatCentresWant() throws Exception {
        for (String joining : List.of("udh-8", "udh-16", "sar", "payload")) {
            for (String text : List.of(LONG, LONG_UCS2)) {
                reopen("joining = " + joining);
                received.clear();

                assertThat(gateway.end(gateway.sent(text)))
                        .as("%s: %s", joining, text)
                        .isEqualTo(SmsEnd.DELIVERED);
                assertThat(Joined.text(received)).as(joining).isEqualTo(text);
                assertThat(received).hasSize(joining.equals("payload") ? 1 : text.equals(LONG) ? 3 : 5);
                for (int i = 0; i < received.size(); i++) {
                    assertThat(received.get(i).part()).isEqualTo(i + 1);
                    assertThat(received.get(i).parts()).isEqualTo(received.size());
                }
            }
        }
    }

    @Test
    void hasArrivedOnlyWhenAllPartsHave() throws Exception {
        // Of each hundred, the first.
        centre.behave(Behaviour.good().failing(1));

        assertThat(gateway.end(gateway.sent(LONG))).isEqualTo(SmsEnd.FAILED);
        assertThat(received).hasSize(3);
        assertThat(gateway.end(gateway.sent(LONG))).isEqualTo(SmsEnd.DELIVERED);
    }

    @Test
    void hasFailedWhenTheCentreDoesNotTakeIt() throws Exception {
        centre.behave(Behaviour.good().refusing(100));

        assertThat(gateway.end(gateway.sent("x"))).isEqualTo(SmsEnd.FAILED);
    }

    @Test
    void knowsReportsByIdsOfAllForms() throws Exception {
        for (IdProfile profile : IdProfile.values()) {
            for (boolean parameters : new boolean[] {true, false}) {
                centre.behave(Behaviour.good().naming(profile, parameters).reporting(Order.REVERSED));
                reopen("ids = " + profile.word());

                assertThat(gateway.end(gateway.sent(LONG)))
                        .as("%s, parameters: %s", profile, parameters)
                        .isEqualTo(SmsEnd.DELIVERED);
            }
        }
    }

    @Test
    void keepsReportsThatOvertakeAnswersAndHearsEachOnce() throws Exception {
        centre.behave(Behaviour.good().reporting(Order.EARLY).repeating().answering(Duration.ofMillis(300)));
        MessageId id = gateway.sent(LONG);

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(gateway.all()).hasSize(1);
    }

    @Test
    void triesAgainWhatABusyCentreDidNotTake() throws Exception {
        centre.behave(Behaviour.good().throttling(2));
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(gateway.sent("number " + i));
        }

        for (MessageId id : ids) {
            assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        }
        assertThat(received.stream().filter(Received::taken)).hasSize(6);
        assertThat(received.size()).isGreaterThan(6);
    }

    @Test
    void givesUpOnABusyCentreWhenItsTimeIsOver() throws Exception {
        centre.behave(Behaviour.good().throttling(1));
        MessageId id = gateway.sent("x");
        await().atMost(PATIENCE).until(() -> received.size() > 1);
        gateway.clock.advance(Duration.ofHours(2));

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.FAILED);
        centre.behave(Behaviour.good());
        assertThat(gateway.end(gateway.sent("another"))).isEqualTo(SmsEnd.DELIVERED);
        assertThat(received.stream().filter(Received::taken)).hasSize(1);
    }

    @Test
    void neverSendsAgainWhatACutLeftUnclear() throws Exception {
        reopen("answer = 500ms");
        centre.behave(Behaviour.good().answering(Duration.ofSeconds(3)).reporting(Order.NONE));
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(gateway.sent("number " + i));
        }
        await().atMost(PATIENCE).until(() -> received.size() == 10);
        centre.cut();
        centre.behave(Behaviour.good());
        awaitBound();
        assertThat(gateway.end(gateway.sent("after it"))).isEqualTo(SmsEnd.DELIVERED);
        gateway.clock.advance(Duration.ofHours(1).plusMinutes(6));

        for (MessageId id : ids) {
            assertThat(gateway.end(id)).isEqualTo(SmsEnd.UNKNOWN);
        }
        assertThat(received).hasSize(11);
    }

    @Test
    void waitsForACentreThatIsAwayButNotForEver() throws Exception {
        centre.close();
        await("unbound").atMost(PATIENCE).until(() -> centre.bound() == 0);
        MessageId soon = gateway.sent("soon");
        centre = centre(centre.port());
        assertThat(gateway.end(soon)).isEqualTo(SmsEnd.DELIVERED);

        centre.close();
        MessageId late = gateway.sent("late");
        gateway.clock.advance(Duration.ofHours(2));
        assertThat(gateway.end(late)).isEqualTo(SmsEnd.FAILED);
    }

    @Test
    void hearsAfterARestartOfWhatWasSentBefore() throws Exception {
        centre.behave(Behaviour.good().reporting(Order.NONE));
        MessageId id = gateway.sent(LONG);
        await().atMost(PATIENCE).until(() -> received.size() == 3);
        // The third answer is on its way.
        assertThat(gateway.reports("?wait=1").reports()).isEmpty();
        reopen();

        assertThat(gateway.all()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(centre.deliver(
                            "4915110000001", MessageType.SMSC_DEL_RECEIPT, "id:" + (0x1a2b3c + i) + " stat:DELIVRD"))
                    .isZero();
        }
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(received).hasSize(3);
    }

    @Test
    void saysAfterARestartWhatWasNotSent() throws Exception {
        centre.close();
        await("unbound").atMost(PATIENCE).until(() -> centre.bound() == 0);
        MessageId id = gateway.id();
        Opaque capsule = gateway.capsule(id, NUMBER, new SmsWording.Text("x"));
        gateway.taken(id, capsule);
        gateway.close();
        centre = centre(centre.port());
        gateway = new Installed(directory, config(centre.port()), gateway.clock);

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.UNSENT);
        gateway.taken(id, capsule);
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(gateway.all()).hasSize(1);
        assertThat(received).hasSize(1);
    }

    @Test
    void keepsTheEndOfWhatWasPutAgainWhenAnEarlierReportIsAcknowledged() throws Exception {
        centre.close();
        await("unbound").atMost(PATIENCE).until(() -> centre.bound() == 0);
        MessageId id = gateway.id();
        Opaque capsule = gateway.capsule(id, NUMBER, new SmsWording.Text("x"));
        gateway.taken(id, capsule);
        gateway.close();
        centre = centre(centre.port());
        gateway = new Installed(directory, config(centre.port()), gateway.clock);
        SmsReports unsent = gateway.reports("");
        assertThat(unsent.reports()).extracting(report -> report.state()).containsExactly(SmsEnd.UNSENT);
        gateway.taken(id, capsule);
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);

        gateway.acknowledgeThrough(unsent.next(), id);
        gateway.acknowledgeThrough("0011223344556677.99", id);
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        gateway.acknowledgeThrough(gateway.reports("").next(), id);
        assertThat(gateway.all()).isEmpty();
    }

    @Test
    void tellsEachReportUntilItIsAcknowledged() throws Exception {
        MessageId one = gateway.sent("one");
        assertThat(gateway.end(one)).isEqualTo(SmsEnd.DELIVERED);
        SmsReports first = gateway.reports("");
        reopen();
        assertThat(gateway.all()).isEqualTo(first.reports());
        // Of another run: from the beginning.
        SmsReports again = gateway.reports("?after=" + first.next());
        assertThat(again.reports()).isEqualTo(first.reports());
        assertThat(gateway.reports("?wait=0&after=" + again.next()).reports()).isEmpty();
        MessageId two = gateway.sent("two");
        assertThat(gateway.reports("?wait=20&after=" + again.next()).reports())
                .extracting(report -> report.id())
                .containsExactly(two);
        gateway.acknowledge(one, two, gateway.id());
        assertThat(gateway.all()).isEmpty();
        reopen();
        assertThat(gateway.all()).isEmpty();
    }

    @Test
    void bringsBackWhatWasPutWithAnSms() throws Exception {
        MessageId id = gateway.id();
        Opaque capsule = gateway.capsule(id, NUMBER, new SmsWording.Text("x"));
        Opaque label = Opaque.wrap(new byte[64]);
        assertThat(gateway.put(id, capsule, label).statusCode()).isEqualTo(202);
        assertThat(gateway.put(id, capsule, Opaque.wrap(new byte[65])).statusCode())
                .isEqualTo(400);
        // The same SMS.
        assertThat(gateway.put(id, capsule, Opaque.wrap(new byte[] {7})).statusCode())
                .isEqualTo(202);

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        reopen();
        assertThat(gateway.all()).extracting(report -> report.label()).containsExactly(label);
        assertThat(received).hasSize(1);
    }

    @Test
    void refusesQuestionsThatAreNone() throws Exception {
        for (String target : List.of("/v1/reports?wait=31", "/v1/reports?wait=x", "/v1/reports?before=1")) {
            assertThat(gateway.ask("GET", target, new byte[0]).statusCode())
                    .as(target)
                    .isEqualTo(400);
        }
        assertThat(gateway.ask("GET", "/v1/sms/x", new byte[0]).statusCode()).isEqualTo(404);
        assertThat(gateway.ask("POST", "/v1/reports", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(gateway.ask("GET", "/v1/key", new byte[0]).statusCode()).isEqualTo(200);
    }

    @Test
    void mindsNeitherRubbishNorStrangersNorReplies() throws Exception {
        centre.behave(Behaviour.good().reporting(Order.NONE));
        MessageId id = gateway.sent("x");
        await().atMost(PATIENCE).until(() -> received.size() == 1);

        assertThat(report("")).isZero();
        assertThat(report("id: stat:")).isZero();
        assertThat(report("id:" + "9".repeat(200) + " stat:DELIVRD")).isZero();
        assertThat(report("id:777777 stat:DELIVRD")).isZero();
        assertThat(report("id:" + 0x1a2b3c + " stat:ENROUTE")).isZero();
        assertThat(report("id:" + 0x1a2b3c + " stat:NONSENSE")).isZero();
        assertThat(centre.deliver(
                        "4915110000001",
                        MessageType.SMSC_DEL_RECEIPT,
                        "",
                        new OptionalParameter.OctetString((short) 0x001E, new byte[0]),
                        new OptionalParameter.OctetString((short) 0x0427, new byte[] {99, 98})))
                .isIn(0, SMPPConstant.STAT_ESME_RSYSERR, SMPPConstant.STAT_ESME_RUNKNOWNERR);
        assertThat(centre.deliver("4915110000001", MessageType.DEFAULT, "Hello?"))
                .isEqualTo(0x65);
        assertThat(gateway.all()).isEmpty();
        assertThat(report("id:" + 0x1a2b3c + " stat:DELIVRD")).isZero();
        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
        assertThat(gateway.gateway.told().orElseThrow()).contains("reports that cannot be read", "1 replies, refused");
    }

    private int report(String text) {
        return centre.deliver("4915110000001", MessageType.SMSC_DEL_RECEIPT, text);
    }
}
