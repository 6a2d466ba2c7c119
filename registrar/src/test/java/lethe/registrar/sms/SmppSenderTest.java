package lethe.registrar.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.registrar.sms.SmsSender.Sending;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through real sockets, to a centre that behaves well and otherwise. */
class SmppSenderTest {
    private static final PlainIdentifier NUMBER = PlainIdentifier.of(Kind.NUMBER, "+4915110000001");
    private static final ShortText TEXT = ShortText.of("012345 is your code.").orElseThrow();

    private Centre centre;

    @BeforeEach
    void open() throws Exception {
        centre = new Centre();
    }

    @AfterEach
    void close() throws Exception {
        centre.close();
    }

    @Test
    void sendsAsTheProtocolHasIt() throws Exception {
        try (SmsSender sender = SmppSender.start(settings(Centre.PASSWORD))) {
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.TAKEN);

            SubmitSm sms = centre.next();
            assertThat(sms.getDestAddress()).isEqualTo("4915110000001");
            assertThat(sms.getDestAddrTon()).isEqualTo((byte) 1);
            assertThat(sms.getDestAddrNpi()).isEqualTo((byte) 1);
            assertThat(sms.getSourceAddr()).isEqualTo("Lethe");
            assertThat(sms.getSourceAddrTon()).isEqualTo((byte) 5);
            assertThat(sms.getDataCoding()).isZero();
            assertThat(sms.getShortMessage())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("012345 is your code.");
        }
    }

    @Test
    void namesTheCodingOfWhatItSends() throws Exception {
        try (SmsSender sender = SmppSender.start(settings(Centre.PASSWORD))) {
            assertThat(sender.send(NUMBER, ShortText.of("Код 012345").orElseThrow()))
                    .isEqualTo(Sending.TAKEN);

            SubmitSm sms = centre.next();
            assertThat(sms.getDataCoding()).isEqualTo((byte) 8);
            assertThat(sms.getShortMessage())
                    .asString(StandardCharsets.UTF_16BE)
                    .isEqualTo("Код 012345");
        }
    }

    @Test
    void bindsAnewAfterACut() throws Exception {
        try (SmsSender sender = SmppSender.start(settings(Centre.PASSWORD))) {
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.TAKEN);
            centre.cut();
            await().atMost(Duration.ofSeconds(10)).until(() -> centre.binds.get() == 2);

            await().atMost(Duration.ofSeconds(10)).until(() -> sender.send(NUMBER, TEXT) == Sending.TAKEN);
        }
    }

    @Test
    void waitsForACentreThatComesLater() throws Exception {
        int port = Centre.freePort();
        try (SmsSender sender = SmppSender.start(settings(port, Centre.PASSWORD))) {
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.AWAY);
            try (Centre late = new Centre(port)) {
                await().atMost(Duration.ofSeconds(10)).until(() -> sender.send(NUMBER, TEXT) == Sending.TAKEN);
                assertThat(late.next().getDestAddress()).isEqualTo("4915110000001");
            }
        }
    }

    @Test
    void isAwayForACentreThatDoesNotKnowIt() {
        try (SmsSender sender = SmppSender.start(settings("wrong"))) {
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.AWAY);
            assertThat(centre.taken).isEmpty();
        }
    }

    @Test
    void tellsRefusedFromBusyFromSilent() {
        try (SmsSender sender = SmppSender.start(settings(Centre.PASSWORD))) {
            centre.status = SMPPConstant.STAT_ESME_RINVDSTADR;
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.REFUSED);
            centre.status = SMPPConstant.STAT_ESME_RTHROTTLED;
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.AWAY);
            centre.status = 0;
            centre.pauseMillis = 2_000;
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.UNKNOWN);
        }
    }

    @Test
    void asksWhetherTheCentreIsThere() {
        try (SmsSender sender = SmppSender.start(settings(Centre.PASSWORD))) {
            assertThat(sender.send(NUMBER, TEXT)).isEqualTo(Sending.TAKEN);
            await().atMost(Duration.ofSeconds(10)).until(() -> centre.enquiries.get() > 0);
        }
    }

    private SmppSettings settings(String password) {
        return settings(centre.port(), password);
    }

    private static SmppSettings settings(int port, String password) {
        return new SmppSettings(
                "127.0.0.1",
                port,
                "lethe",
                password,
                "Lethe",
                null,
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofMillis(50),
                Duration.ofMillis(200));
    }
}
