package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.sim.Sim;
import lethe.wire.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lethe is switched off while its broker is down. */
class ErasureTest {
    @TempDir
    private Path directory;

    private final HandAlarm clock = new HandAlarm();
    private ScriptedBroker broker = new ScriptedBroker(new Resources());
    private TestPhone phone;

    @BeforeEach
    void givenAPhoneThatIsOn() {
        phone = new TestPhone(directory, broker, Encoding.CBOR, clock, true);
        assertThat(sees("262011234567890")).isTrue();
    }

    @AfterEach
    void close() {
        phone.close();
        broker.close();
    }

    private boolean sees(String imsi) {
        return phone.client
                .sim(new Sim(
                        PlainIdentifier.of(PlainIdentifier.Kind.IMSI, imsi),
                        PlainIdentifier.of(PlainIdentifier.Kind.IMEI, "490154203237518")))
                .toCompletableFuture()
                .join();
    }

    private void givenTheSimChangesWhileTheBrokerIsDown() {
        broker.close();
        assertThat(sees("262079876543210")).isFalse();
        phone.next(DeviceEvent.SimChanged.class);
        phone.next(DeviceEvent.ErasureOwed.class);
    }

    private void brokerComesUp() {
        broker = new ScriptedBroker(new Resources(), broker.port());
    }

    private void nextLife() {
        phone.close();
        phone = new TestPhone(directory, broker, Encoding.CBOR, clock, false);
    }

    /** Method and address of what the broker was asked. */
    private List<String> asked() {
        ScriptedBroker running = broker;
        synchronized (running) {
            return running.requests.stream()
                    .filter(request -> request.path().equals("/v1/self/consent"))
                    .map(request -> request.method() + " " + request.headers().get("lethe-tag"))
                    .toList();
        }
    }

    private String erasing(Tag address) {
        return "DELETE " + address.toText();
    }

    @Test
    void isOffAtOnceAndAsksUntilTheBrokerHasErased() {
        givenTheSimChangesWhileTheBrokerIsDown();
        assertThat(phone.client.isOptedIn()).isFalse();
        assertThat(phone.store.owed()).contains(phone.client.address());

        phone.waits(Duration.ofSeconds(20));
        assertThat(phone.told()).isEmpty();
        brokerComesUp();
        await().until(() -> {
            phone.waits(Duration.ofSeconds(30));
            return phone.store.owed().isEmpty();
        });

        phone.next(DeviceEvent.Erased.class);
        assertThat(asked()).containsExactly(erasing(phone.client.address()));
    }

    @Test
    void asksAgainInTheNextLife() {
        givenTheSimChangesWhileTheBrokerIsDown();
        brokerComesUp();

        nextLife();

        phone.next(DeviceEvent.ErasureOwed.class);
        phone.next(DeviceEvent.Erased.class);
        assertThat(asked()).contains(erasing(phone.client.address()));
        nextLife();
        phone.settle();
        assertThat(phone.told()).isEmpty();
    }

    @Test
    void asksAtOnceWhenTheNetworkIsBack() {
        givenTheSimChangesWhileTheBrokerIsDown();
        brokerComesUp();

        phone.client.networkIsBack();

        phone.next(DeviceEvent.Erased.class);
    }

    @Test
    void meansTheAddressThatThePhoneHadThen() {
        Tag before = Given.tag(9);
        phone.store.owes(before);
        assertThat(before).isNotEqualTo(phone.client.address());

        nextLife();

        phone.next(DeviceEvent.Erased.class);
        assertThat(asked()).contains(erasing(before)).doesNotContain(erasing(phone.client.address()));
    }

    @Test
    void isOwedToAnOwnerWhoOptsOutTheSameWay() {
        broker.close();

        assertThat(phone.client.optOut().toCompletableFuture().join()).isInstanceOf(Answer.Unreachable.class);

        assertThat(phone.client.isOptedIn()).isFalse();
        phone.next(DeviceEvent.ErasureOwed.class);
        brokerComesUp();
        phone.client.networkIsBack();
        phone.next(DeviceEvent.Erased.class);
    }

    @Test
    void comesBeforeTheNextOptIn() {
        givenTheSimChangesWhileTheBrokerIsDown();
        assertThat(optIn()).isInstanceOf(Answer.Unreachable.class);
        assertThat(phone.client.isOptedIn()).isFalse();
        brokerComesUp();

        assertThat(optIn()).isInstanceOf(Answer.Good.class);

        String tag = phone.client.address().toText();
        assertThat(asked()).containsExactly("DELETE " + tag, "PUT " + tag);
        phone.waits(Duration.ofMinutes(6));
        assertThat(phone.client.isOptedIn()).as("nothing is erased afterwards").isTrue();
        assertThat(asked()).hasSize(2);
    }

    private Answer<?> optIn() {
        return phone.client
                .optIn(Resources.policy(), Set.of(Scope.IP))
                .toCompletableFuture()
                .join();
    }
}
