package lethe.registrar.gateway;

import static lethe.registrar.gateway.Installed.PATIENCE;
import static lethe.registrar.gateway.Installed.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import lethe.core.identity.MessageId;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.gateway.RawCentre.Submitted;
import lethe.registrar.http.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a centre that shares no code with the gateway, and does what good ones do not. */
class RawCentreTest {
    private static final int THROTTLED = 0x58;
    private static final int QUEUE_FULL = 0x14;

    @TempDir
    private Path directory;

    private RawCentre centre;
    private Installed gateway;

    @BeforeEach
    void open() throws Exception {
        centre = new RawCentre(ServerSocketFactory.getDefault());
        gateway = new Installed(directory.resolve("data"), config(centre.port(), "answer = 2s"));
        await().atMost(PATIENCE).until(() -> centre.binds.get() == 1);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        centre.close();
    }

    @Test
    void takesAnswersInAnyOrder() throws Exception {
        List<MessageId> ids = new ArrayList<>();
        List<Submitted> submitted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(gateway.sent("number " + i));
        }
        for (int i = 0; i < 20; i++) {
            submitted.add(centre.next());
        }
        Collections.reverse(submitted);
        for (Submitted sms : submitted) {
            centre.answer(
                    sms, 0, "id-of-" + new String(sms.message().shared(), StandardCharsets.US_ASCII).replace(' ', '-'));
        }
        for (int i = 0; i < 20; i++) {
            centre.deliver(RawCentre.receipt("id:id-of-number-" + i + " stat:" + (i % 2 == 0 ? "DELIVRD" : "EXPIRED")));
            assertThat(centre.statusOfDelivery()).isZero();
        }

        for (int i = 0; i < 20; i++) {
            assertThat(gateway.end(ids.get(i))).isEqualTo(i % 2 == 0 ? SmsEnd.DELIVERED : SmsEnd.FAILED);
        }
    }

    @Test
    void sendsAsTheProtocolHasIt() throws Exception {
        gateway.sent("€ und {Klammern}");
        Submitted sms = centre.next();

        assertThat(sms.number()).isEqualTo("4915110000001");
        assertThat(sms.esmClass()).isZero();
        assertThat(sms.coding()).isZero();
        assertThat(sms.message().shared()).startsWith(0x1B, 0x65, 0x20).endsWith(0x1B, 0x29);
        gateway.sent("x".repeat(161));
        Submitted one = centre.next();
        centre.answer(one, 0, "1");
        Submitted two = centre.next();
        assertThat(one.esmClass()).isEqualTo(0x40);
        assertThat(Arrays.copyOf(one.message().shared(), 3)).containsExactly(5, 0, 3);
        assertThat(one.message().shared()[3]).isEqualTo(two.message().shared()[3]);
        assertThat(new int[] {
                    one.message().shared()[4],
                    one.message().shared()[5],
                    two.message().shared()[4],
                    two.message().shared()[5]
                })
                .containsExactly(2, 1, 2, 2);
        assertThat(one.message().shared()).hasSize(159);
        assertThat(two.message().shared()).hasSize(14);
    }

    @Test
    void triesLaterWhatIsRefusedForNow() throws Exception {
        MessageId id = gateway.sent("x");
        centre.answer(centre.next(), THROTTLED, "");
        centre.answer(centre.next(), QUEUE_FULL, "");
        centre.answer(centre.next(), 0, "1");
        centre.deliver(RawCentre.receipt("id:1 stat:DELIVRD"));

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
    }

    @Test
    void livesThroughPdusThatAreNone() throws Exception {
        MessageId id = gateway.sent("x");
        centre.answer(centre.next(), 0, "1");
        byte[] good = RawCentre.receipt("id:1 stat:DELIVRD");
        for (int length = 0; length < good.length; length++) {
            try {
                centre.deliver(Arrays.copyOf(good, length));
            } catch (IOException cut) {
                // The gateway may end a session that talks rubbish; it binds anew.
            }
        }
        centre.cut();
        int before = centre.binds.get();
        // jSMPP's own threads die of what they cannot read, and are replaced.
        await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> centre.binds.get() > before);
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    centre.deliver(good);
                    assertThat(gateway.all()).hasSize(1);
                });

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.DELIVERED);
    }

    @Test
    void doesNotSendAgainWhatWasCutOff() throws Exception {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(gateway.sent("number " + i));
        }
        List<Submitted> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(centre.next());
        }
        centre.answer(submitted.get(0), 0, "first");
        centre.deliver(RawCentre.receipt("id:first stat:DELIVRD"));
        assertThat(centre.statusOfDelivery()).isZero();
        centre.cut();
        await().atMost(PATIENCE).until(() -> centre.binds.get() == 2);
        MessageId after = gateway.sent("after it");
        Submitted next = centre.next();
        assertThat(next.message().shared()).isEqualTo("after it".getBytes(StandardCharsets.US_ASCII));
        centre.answer(next, 0, "2");
        centre.deliver(RawCentre.receipt("id:2 stat:DELIVRD"));
        assertThat(gateway.end(after)).isEqualTo(SmsEnd.DELIVERED);
        gateway.clock.advance(Duration.ofHours(1).plusMinutes(6));
        gateway.gateway.sweep();

        assertThat(gateway.all()).hasSize(6);
        assertThat(ids.stream().map(gateway::end))
                .containsOnlyOnce(SmsEnd.DELIVERED)
                .hasSize(5)
                .filteredOn(SmsEnd.UNKNOWN::equals)
                .hasSize(4);
        assertThat(centre.submitted).isEmpty();
    }

    /** What is on the disk at the moment at which an SMS is on the wire, and a gateway that begins with that. */
    @Test
    void doesNotSendAgainWhatItMayHaveSentWhenItWasKilled() throws Exception {
        MessageId id = gateway.sent("x");
        centre.next();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, disk.resolve(file.getFileName()));
            }
        }
        try (Installed next = new Installed(disk, config(centre.port()), gateway.clock)) {
            await().atMost(PATIENCE).until(() -> centre.binds.get() == 2);
            assertThat(next.all()).isEmpty();
            gateway.clock.advance(Duration.ofHours(1).plusMinutes(6));

            assertThat(next.end(id)).isEqualTo(SmsEnd.UNKNOWN);
            assertThat(centre.submitted).isEmpty();
        }
    }

    @Test
    void isNotFooledByAnAnswerWithoutAnId() throws Exception {
        MessageId id = gateway.sent("x");
        centre.answer(centre.next(), 0, "");
        centre.deliver(RawCentre.receipt("id: stat:DELIVRD"));
        assertThat(centre.statusOfDelivery()).isZero();
        gateway.clock.advance(Duration.ofHours(1).plusMinutes(6));

        assertThat(gateway.end(id)).isEqualTo(SmsEnd.UNKNOWN);
    }

    @Test
    void asksWhetherASilentCentreIsThere() {
        gateway.clock.advance(Duration.ZERO);
        await().atMost(PATIENCE).until(() -> centre.enquiries.get() > 0);
    }

    @Test
    void isAwayForACentreThatDoesNotKnowIt() throws Exception {
        try (Installed stranger =
                new Installed(directory.resolve("stranger"), config(centre.port(), "password = wrong"))) {
            MessageId id = stranger.sent("x");
            stranger.clock.advance(Duration.ofHours(2));

            assertThat(stranger.end(id)).isEqualTo(SmsEnd.FAILED);
            assertThat(centre.submitted).isEmpty();
        }
    }

    @Test
    void speaksTlsOnlyWithWhomTheCertificateNames() throws Exception {
        Certificates real = Certificates.of("centre", directory);
        Certificates another = Certificates.of("another", directory);
        SSLContext context = Certificates.server(real);
        try (RawCentre secured = new RawCentre(context.getServerSocketFactory());
                Installed stranger = new Installed(
                        directory.resolve("stranger"),
                        config(secured.port(), "tls = on", "trust = \"" + another.chain + "\""));
                Installed known = new Installed(
                        directory.resolve("known"),
                        config(secured.port(), "tls = on", "trust = \"" + real.chain + "\""))) {
            MessageId id = known.sent("x");
            secured.answer(secured.next(), 0, "1");
            secured.deliver(RawCentre.receipt("id:1 stat:DELIVRD"));
            assertThat(known.end(id)).isEqualTo(SmsEnd.DELIVERED);

            MessageId other = stranger.sent("x");
            stranger.clock.advance(Duration.ofHours(2));
            assertThat(stranger.end(other)).isEqualTo(SmsEnd.FAILED);
            assertThat(secured.binds).hasValue(1);
        }
    }
}
