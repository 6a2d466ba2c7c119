package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsResult;
import lethe.wire.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that throws costs nobody a message, and hears of each as often as one that does not. */
class ThrowingApplicationTest {
    private static final Tag BOB = Given.tag(2);

    @TempDir
    private Path directory;

    private final ScriptedBroker broker = new ScriptedBroker(new Resources());
    private final HandAlarm clock = new HandAlarm();
    private TestPhone phone;

    @BeforeEach
    void start() {
        phone = new TestPhone(directory, broker, Encoding.CBOR, clock, true);
    }

    @AfterEach
    void close() {
        phone.close();
        broker.close();
    }

    private void restart() {
        phone.dies();
        start();
    }

    @Test
    void doesTheRestOfWhatWasDecidedTogether() {
        MessageId expiring = phone.sends(BOB, "one", Terms.livingFor(Duration.ofSeconds(30)), null);
        MessageId falling = phone.sends(BOB, "two", Terms.smsAfter(Duration.ofSeconds(30)), Given.sms("two"));
        phone.throwing = true;

        phone.waits(Duration.ofSeconds(31));

        DeviceEvent.Ended first = phone.next(DeviceEvent.Ended.class);
        assertThat(first.id()).isEqualTo(expiring);
        assertThat(first.outcome()).isEqualTo(new Outcome.Receipted(ReceiptState.EXPIRED));
        DeviceEvent.Ended second = phone.next(DeviceEvent.Ended.class);
        assertThat(second.id()).isEqualTo(falling);
        assertThat(second.outcome()).as("the modem threw").isEqualTo(new Outcome.BySms(SmsResult.UNKNOWN));
        assertThat(phone.atModem).containsExactly(falling);
        assertIsReported("Ended", "the modem", "Ended");
        restart();
        settle();
        assertThat(phone.told()).isEmpty();
    }

    @Test
    void countsAsHavingReceivedWhatItThrewAt() throws InterruptedException {
        ScriptedSession session = connected();
        phone.throwing = true;

        session.say(deliver(1, Given.body("hello")));
        session.next(ClientFrame.Ack.class);
        phone.next(DeviceEvent.Received.class);
        phone.waits(Duration.ofSeconds(1));

        assertThat(phone.told()).isEmpty();
        assertIsReported("Received");
        restart();
        settle();
        assertThat(phone.told()).isEmpty();
    }

    @Test
    void cannotOpenWhatItThrowsAt() throws InterruptedException {
        ScriptedSession session = connected();

        session.say(deliver(1, TestPhone.THROWS_AT));

        assertThat(session.next(ClientFrame.Ack.class)).isEqualTo(new ClientFrame.Ack(1, List.of(), List.of(1L)));
        settle();
        assertIsReported("canOpen");
    }

    private ScriptedSession connected() throws InterruptedException {
        phone.client.connect();
        ScriptedSession session = broker.session();
        session.welcome(1, false);
        phone.next(DeviceEvent.Connected.class);
        return session;
    }

    private static ServerFrame.Deliver deliver(long seq, Opaque body) {
        return new ServerFrame.Deliver(seq, Given.id((int) seq), Duration.ofHours(1), Urgency.NORMAL, body);
    }

    /** Waits until everything so far is done, written and reported. */
    private void settle() {
        phone.client
                .revoke(Given.id(99))
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
        phone.client
                .revoke(Given.id(99))
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private void assertIsReported(String... where) {
        settle();
        assertThat(phone.uncaught)
                .extracting(Throwable::getMessage)
                .containsExactly(List.of(where).stream()
                        .map(one -> "the application threw java.lang.IllegalStateException at " + one)
                        .toArray(String[]::new));
        assertThat(phone.uncaught).allSatisfy(thrown -> assertThat(thrown).hasNoCause());
    }
}
