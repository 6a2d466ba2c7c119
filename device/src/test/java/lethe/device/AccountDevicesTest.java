package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.identity.Opaque;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a broker that says whatever the test makes it say. */
class AccountDevicesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

    private final Random random = new Random(1);
    private final Identity phone = Identity.draw(random);
    private final Device tablet = Identity.draw(random).listed();
    private final MemoryStore store = new MemoryStore(phone);
    private final ScriptedBroker broker = new ScriptedBroker(this::answer);
    private final BrokerHttp http = new BrokerHttp(
            HttpClient.newHttpClient(),
            broker.uri(),
            Encoding.CBOR,
            new RequestSigner(phone, Clock.systemUTC(), random));
    private final AccountDevices devices = new AccountDevices(store, http, CLOCK);

    private Bodies.AccountDevices inForce = of(phone, 1, phone.listed());

    private static Bodies.AccountDevices of(Identity by, long version, Device... listed) {
        return new Bodies.AccountDevices(
                by.account().orElseThrow(), by.list(version, List.of(listed)).orElseThrow());
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        if (request.path().equals("/v1/self/pin")) {
            return new ScriptedBroker.Response(204, Encoding.CBOR.mediaType(), Opaque.empty());
        }
        if (request.method().equals("PUT")) {
            inForce = ((Decoded.Good<Bodies.AccountDevices>) Payloads.decode(
                            Encoding.CBOR,
                            Bodies.AccountDevices.class,
                            request.body().shared()))
                    .value();
        }
        return new ScriptedBroker.Response(
                200, Encoding.CBOR.mediaType(), Opaque.wrap(Payloads.encode(Encoding.CBOR, inForce)));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Answer<List<Device>> add(Device device) {
        return devices.add(device).toCompletableFuture().join();
    }

    @Test
    void addADeviceToTheListInForceAndSignIt() {
        assertThat(add(tablet)).isEqualTo(new Answer.Good<>(List.of(phone.listed(), tablet)));

        assertThat(inForce.list().version()).isEqualTo(CLOCK.instant().getEpochSecond());
        assertThat(inForce.list().isSignedBy(phone.account().orElseThrow(), phone.tag()))
                .isTrue();
        assertThat(store.devices()).contains(inForce.list());
    }

    @Test
    void signOnFromNoListThatTheBrokerMadeUp() {
        DeviceList own = inForce.list();
        inForce = new Bodies.AccountDevices(
                inForce.account(), new DeviceList(9, List.of(phone.listed(), tablet), own.signature()));
        assertThat(add(Identity.draw(random).listed())).isInstanceOf(Answer.Unreachable.class);

        inForce = of(Identity.draw(random).at(phone.tag()), 9, phone.listed(), tablet);
        assertThat(add(Identity.draw(random).listed())).isInstanceOf(Answer.Unreachable.class);
        assertThat(broker.requests).noneMatch(request -> request.method().equals("PUT"));
    }

    @Test
    void signOnFromNoOlderListThanTheLast() {
        Bodies.AccountDevices stolenTabletToo = of(phone, 2, phone.listed(), tablet);
        inForce = stolenTabletToo;
        assertThat(devices.remove(tablet.id()).toCompletableFuture().join()).isInstanceOf(Answer.Good.class);
        inForce = stolenTabletToo;

        assertThat(add(Identity.draw(random).listed())).isInstanceOf(Answer.Unreachable.class);
        assertThat(devices.list().toCompletableFuture().join()).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void refuseToLeaveAnAccountWithoutADevice() {
        assertThat(devices.remove(phone.device()).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_LARGE));
    }

    @Test
    void showAStatementWhileItIsGoodAndNoLonger() {
        assertThat(claimWith(CLOCK.instant().plusSeconds(1)).ownership()).isNotNull();
        assertThat(claimWith(CLOCK.instant()).ownership()).isNull();
    }

    @Test
    void setAPinOfWhichTheBrokerIsToldNothingButAKey() {
        char[] pin = "493815".toCharArray();

        assertThat(devices.setPin(pin).toCompletableFuture().join()).isEqualTo(new Answer.Good<>(true));

        assertThat(pin).containsOnly('\0');
        assertThat(broker.requests).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/v1/self/pin");
            assertThat(request.body().toBytes())
                    .isEqualTo(Payloads.encode(
                            Encoding.CBOR, new Bodies.NewPin(pinKey("493815").publicKey())));
        });
    }

    @Test
    void askTheBrokerNothingForWhatIsNoPin() {
        assertThat(devices.setPin("4938".toCharArray()).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.MALFORMED));
        assertThat(broker.requests).isEmpty();
    }

    @Test
    void showThatTheOwnerHasThePin() {
        Bodies.AccountClaim claim = Objects.requireNonNull(devices.claim(pinKey("493815")));
        Opaque statement = Opaque.wrap(Pin.statement(phone.tag(), claim.key()));

        assertThat(Pin.of(pinKey("493815").publicKey())
                        .isKnownTo(new PinProof(statement, Objects.requireNonNull(claim.pin()))))
                .isTrue();
    }

    private PinKey pinKey(String pin) {
        return PinKey.of(pin.toCharArray(), phone.tag()).orElseThrow();
    }

    private Bodies.AccountClaim claimWith(Instant expires) {
        Ownership word = new Ownership(
                phone.tag(),
                phone.account().orElseThrow(),
                expires,
                Opaque.wrap(new byte[Ownership.NONCE]),
                Opaque.wrap(new byte[64]));
        return Objects.requireNonNull(new AccountDevices(new MemoryStore(phone, word), http, CLOCK).claim(null));
    }
}
