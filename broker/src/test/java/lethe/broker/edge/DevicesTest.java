package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import lethe.core.account.DeviceList;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob has a phone, and adds a tablet to his account; Alice sends. */
class DevicesTest {
    private static TestEdge edge;

    private TestPhone alice;
    private TestPhone phone;
    private TestPhone tablet;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void givenTwoPeople() throws Exception {
        alice = new TestPhone(edge);
        phone = new TestPhone(edge);
        tablet = phone.another();
        alice.optIn();
        phone.optIn();
    }

    private static HttpResponse<String> list(TestPhone by, DeviceKey account, DeviceList list) throws Exception {
        byte[] body = Payloads.encode(Encoding.JSON, new Bodies.AccountDevices(account, list));
        return exchange(by.put("/v1/self/devices", null, body));
    }

    private HttpResponse<String> list(TestPhone by, DeviceList list) throws Exception {
        return list(by, DeviceKey.of(phone.account.getPublic()), list);
    }

    private void givenTheTabletIsAdded() throws Exception {
        assertThat(list(phone, phone.list(2, phone.listed(), tablet.listed())).statusCode())
                .isEqualTo(200);
        assertThat(tablet.optInWith(null).statusCode()).isEqualTo(200);
    }

    private ClientFrame.Send send(MessageId id, @Nullable DeviceId device, @Nullable Long list) {
        return new ClientFrame.Send(1, id, phone.tag, device, null, null, null, null, null, TestEdge.random(16), list);
    }

    private static Difference difference(ServerFrame frame) {
        assertThat(frame)
                .isInstanceOfSatisfying(
                        ServerFrame.Refused.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.DEVICES_DIFFER));
        return ((ServerFrame.Refused) frame).problem().difference();
    }

    @Test
    void showsTheListThatTheAccountSigned() throws Exception {
        givenTheTabletIsAdded();

        HttpResponse<String> answer = exchange(tablet.get("/v1/self/devices"));

        Decoded<Bodies.AccountDevices> read = Payloads.decode(
                Encoding.JSON, Bodies.AccountDevices.class, answer.body().getBytes(StandardCharsets.UTF_8));
        DeviceList list = ((Decoded.Good<Bodies.AccountDevices>) read).value().list();
        assertThat(list.version()).isEqualTo(2);
        assertThat(list.devices()).containsExactly(phone.listed(), tablet.listed());
        assertThat(list.isSignedBy(DeviceKey.of(phone.account.getPublic()), phone.tag))
                .isTrue();
    }

    @Test
    void letsNobodyInWhoIsNotOnTheList() throws Exception {
        try (TestSocket socket = TestSocket.open(edge).say(tablet, 8)) {
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4401);
        }
        assertThat(exchange(tablet.get("/v1/self/devices")).statusCode()).isEqualTo(401);
    }

    @Test
    void givesEachDeviceItsOwnMessages() throws Exception {
        givenTheTabletIsAdded();
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket b = TestSocket.connect(edge, phone);
                TestSocket c = TestSocket.connect(edge, tablet)) {
            MessageId toPhone = messageId();
            MessageId toTablet = messageId();
            a.send(send(toPhone, phone.device, 2L)).send(send(toTablet, tablet.device, 2L));

            assertThat(((ServerFrame.Deliver) b.next()).id()).isEqualTo(toPhone);
            assertThat(((ServerFrame.Deliver) c.next()).id()).isEqualTo(toTablet);
        }
    }

    @Test
    void tellsASenderWhatItDoesNotKnow() throws Exception {
        givenTheTabletIsAdded();
        DeviceId stranger = alice.device;
        List<DeviceId> both = List.of(phone.device, tablet.device);
        try (TestSocket a = TestSocket.connect(edge, alice)) {
            assertThat(difference(a.send(send(messageId(), phone.device, 1L)).next()))
                    .isEqualTo(new Difference(2, both, List.of(tablet.device), List.of(), List.of()));
            assertThat(difference(a.send(send(messageId(), stranger, 2L)).next()))
                    .isEqualTo(new Difference(2, both, List.of(), List.of(stranger), List.of()));
            assertThat(difference(a.send(send(messageId(), null, null)).next()).devices())
                    .isEqualTo(both);
        }
    }

    @Test
    void sendsADeviceAwayThatIsRemovedAndHandsNothingOfItsOver() throws Exception {
        givenTheTabletIsAdded();
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket c = TestSocket.connect(edge, tablet)) {
            MessageId waiting = messageId();
            a.send(send(waiting, tablet.device, 2L));
            assertThat(c.next()).isInstanceOf(ServerFrame.Deliver.class);
            assertThat(a.next()).isInstanceOf(ServerFrame.Held.class);

            assertThat(list(phone, phone.list(3, phone.listed())).statusCode()).isEqualTo(200);

            assertThat(c.closeFrame().closeCode()).isEqualTo(4410);
            assertThat(a.next()).isInstanceOfSatisfying(ServerFrame.Receipt.class, receipt -> {
                assertThat(receipt.id()).isEqualTo(waiting);
                assertThat(receipt.state()).isEqualTo(ReceiptState.REJECTED);
            });
        }
        assertThat(exchange(tablet.get("/v1/self/devices")).statusCode()).isEqualTo(401);
        assertThat(tablet.optInWith(null).statusCode()).isEqualTo(409);
        try (TestSocket b = TestSocket.connect(edge, phone)) {
            b.send(new ClientFrame.Ping());
            assertThat(b.next()).isInstanceOf(ServerFrame.Pong.class);
        }
    }

    @Test
    void letsALinkedDeviceAgreeToNoMoreThanTheFirstHas() throws Exception {
        givenTheTabletIsAdded();

        assertThat(tablet.optInWith(null, Set.of(Scope.IP, Scope.SMS_DEVICE, Scope.DISCOVERABLE))
                        .body())
                .contains("consent-refused");
        assertThat(exchange(phone.get("/v1/self/consent")).body()).doesNotContain("discoverable");
        assertThat(tablet.optInWith(null, Set.of(Scope.IP)).statusCode()).isEqualTo(200);
        assertThat(exchange(phone.get("/v1/self/consent")).body()).doesNotContain("sms_device");
    }

    @Test
    void letsOnlyTheFirstDeviceTakeTheAccountOffTheList() throws Exception {
        Set<Scope> plain = Set.of(Scope.IP, Scope.SMS_DEVICE);
        assertThat(phone.optInWith(null, Set.of(Scope.IP, Scope.SMS_DEVICE, Scope.DISCOVERABLE))
                        .statusCode())
                .isEqualTo(200);
        givenTheTabletIsAdded();

        assertThat(tablet.optInWith(null, plain).body()).contains("discoverable");
        assertThat(exchange(phone.get("/v1/self/export")).body()).contains("\"listed\":true");
        assertThat(phone.optInWith(null, plain).body()).doesNotContain("discoverable");
        assertThat(exchange(phone.get("/v1/self/export")).body()).contains("\"listed\":false");
    }

    @Test
    void endsTheConsentOfADeviceThatIsRemoved() throws Exception {
        givenTheTabletIsAdded();
        assertThat(tablet.optInWith(null, Set.of(Scope.IP)).statusCode()).isEqualTo(200);
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket b = TestSocket.connect(edge, phone)) {
            assertThat(list(phone, phone.list(3, phone.listed())).statusCode()).isEqualTo(200);

            assertThat(b.closeFrame().closeCode()).isEqualTo(4403);
            MessageId id = messageId();
            a.send(send(id, phone.device, 3L));
            assertThat(a.next())
                    .isInstanceOfSatisfying(
                            ServerFrame.Receipt.class,
                            receipt -> assertThat(receipt.state()).isEqualTo(ReceiptState.REJECTED));
        }
        assertThat(exchange(phone.get("/v1/self/consent")).body()).contains("no-consent");
        assertThat(phone.optInWith(null).statusCode()).isEqualTo(200);
        try (TestSocket b = TestSocket.connect(edge, phone)) {
            b.send(new ClientFrame.Ping());
            assertThat(b.next()).isInstanceOf(ServerFrame.Pong.class);
        }
    }

    @Test
    void takesNoListThatIsOlderOrAnothersOrUnsigned() throws Exception {
        givenTheTabletIsAdded();
        TestPhone rival = phone.rival();

        assertThat(list(phone, phone.list(1, phone.listed())).body()).contains("stale-list");
        assertThat(list(phone, phone.list(2, phone.listed())).body()).contains("stale-list");
        assertThat(list(tablet, DeviceKey.of(rival.account.getPublic()), rival.list(3, tablet.listed()))
                        .body())
                .contains("other-account");
        assertThat(list(phone, rival.list(3, phone.listed())).statusCode()).isEqualTo(401);
    }

    @Test
    void showsItsOwnerAllThatThereIsSignedByTheInstallation() throws Exception {
        givenTheTabletIsAdded();
        try (TestSocket a = TestSocket.connect(edge, alice)) {
            a.send(send(messageId(), tablet.device, 2L));
            assertThat(a.next()).isInstanceOf(ServerFrame.Held.class);
        }

        HttpResponse<String> answer = exchange(phone.get("/v1/self/export"));

        Decoded<Bodies.Export> read = Payloads.decode(
                Encoding.JSON, Bodies.Export.class, answer.body().getBytes(StandardCharsets.UTF_8));
        Bodies.Export export = ((Decoded.Good<Bodies.Export>) read).value();
        assertThat(export.devices().list().devices()).containsExactly(phone.listed(), tablet.listed());
        assertThat(export.waiting()).containsExactly(new Bodies.Waiting(0, 0), new Bodies.Waiting(1, 16));
        assertThat(export.consent().device()).isEqualTo(phone.device);
        assertThat(export.claimant()).isNull();
        assertThat(answer.body()).doesNotContain(phone.tag.toText(), alice.tag.toText());
        assertThat(isSigned(answer)).isTrue();
    }

    /** As an outsider would check it (RFC 9421). */
    private static boolean isSigned(HttpResponse<String> answer) throws Exception {
        String parameters =
                answer.headers().firstValue("Signature-Input").orElseThrow().substring("sig=".length());
        String digest = "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                .digest(answer.body().getBytes(StandardCharsets.UTF_8)))
                + ":";
        assertThat(answer.headers().firstValue("Content-Digest")).contains(digest);
        String base = "\"@status\": " + answer.statusCode() + "\n\"content-digest\": " + digest
                + "\n\"@signature-params\": " + parameters;
        String signature = answer.headers().firstValue("Signature").orElseThrow();
        String key = parameters.replaceAll(".*keyid=\"([^\"]*)\".*", "$1");
        return new DeviceKey(Opaque.fromText(key))
                .signed(
                        base.getBytes(StandardCharsets.US_ASCII),
                        Opaque.wrap(Base64.getDecoder().decode(signature.substring(5, signature.length() - 1))));
    }

    @Test
    void keepsTheListAcrossARestart() throws Exception {
        try (TestEdge before = TestEdge.start()) {
            TestPhone owner = new TestPhone(before);
            TestPhone added = owner.another();
            owner.optIn();
            assertThat(list(
                                    owner,
                                    DeviceKey.of(owner.account.getPublic()),
                                    owner.list(2, owner.listed(), added.listed()))
                            .statusCode())
                    .isEqualTo(200);
            try (TestEdge after = before.restart("lethe.session.burst", "499")) {
                added.moveTo(after);
                assertThat(added.optInWith(null).statusCode()).isEqualTo(200);
            }
        }
    }
}
