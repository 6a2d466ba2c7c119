package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone leaves new prekeys by itself. */
class PrekeySupplyTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final ScriptedBroker broker = new ScriptedBroker(this::answer);
    private TestPhone phone;

    @BeforeEach
    void aPhoneThatIsOn() {
        phone = new TestPhone(directory, broker, Encoding.CBOR, new HandAlarm(), true);
    }

    @AfterEach
    void close() {
        phone.close();
        broker.close();
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        (request.method().equals("PUT") ? published : counted).incrementAndGet();
        PrekeysLeft left = PrekeysLeft.of(DevicePrekeys.NONE);
        return new ScriptedBroker.Response(
                200, Encoding.CBOR.mediaType(), Opaque.wrap(Payloads.encode(Encoding.CBOR, left)));
    }

    private ScriptedSession connected(int session) throws InterruptedException {
        phone.client.connect();
        ScriptedSession opened = broker.session();
        opened.welcome(session, false);
        phone.next(DeviceEvent.Connected.class);
        return opened;
    }

    private static PrekeyBatch batch() {
        return new PrekeyBatch(List.of(new Prekey(2, 1, Opaque.wrap(new byte[32]))), List.of());
    }

    @Test
    void toppedUpAtAConnectOnceADayAndWheneverFewAreLeft() throws InterruptedException {
        phone.client.supplyPrekeysFrom(left -> batch());
        connected(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(published).hasValue(1));
        phone.client.disconnect().toCompletableFuture().join();

        ScriptedSession second = connected(2);
        second.say(new ServerFrame.PrekeysLow(3));
        assertThat(phone.next(DeviceEvent.PrekeysLow.class).left()).isEqualTo(3);
        await().atMost(SOON).untilAsserted(() -> assertThat(published).hasValue(2));
        phone.client.disconnect().toCompletableFuture().join();

        phone.clock.advance(Duration.ofHours(24));
        connected(3);
        await().atMost(SOON).untilAsserted(() -> assertThat(published).hasValue(3));
        assertThat(counted).hasValue(3);
    }

    @Test
    void nothingIsAskedByAPhoneThatHasNoSource() throws InterruptedException {
        connected(1).say(new ServerFrame.PrekeysLow(3));
        phone.next(DeviceEvent.PrekeysLow.class);

        assertThat(counted).hasValue(0);
    }

    @Test
    void aSourceThatThrowsIsReportedAndEndsNothing() throws InterruptedException {
        phone.client.supplyPrekeysFrom(left -> {
            throw new IllegalStateException("a marker of content");
        });
        ScriptedSession session = connected(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(phone.uncaught).hasSize(1));
        assertThat(phone.uncaught.peek())
                .hasMessageContaining("the source of prekeys")
                .hasMessageNotContaining("marker");

        phone.client.supplyPrekeysFrom(left -> batch());
        session.say(new ServerFrame.PrekeysLow(3));
        await().atMost(SOON).untilAsserted(() -> assertThat(published).hasValue(1));
    }
}
