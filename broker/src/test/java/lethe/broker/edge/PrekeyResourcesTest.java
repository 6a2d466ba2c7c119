package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bob leaves prekeys; Alice asks for what she needs to seal a message to him. */
class PrekeyResourcesTest {
    private static final String CANARY = "CANARY-CANARY-CANARY";
    private static TestEdge edge;

    private TestPhone alice;
    private TestPhone bob;

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
        bob = new TestPhone(edge);
        alice.optIn();
        bob.optIn();
    }

    private static List<Prekey> keys(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(id -> new Prekey(2, id, TestEdge.random(100)))
                .toList();
    }

    private static HttpResponse<String> publish(TestPhone phone, List<Prekey> oneTime, List<Prekey> lastResort)
            throws Exception {
        byte[] body = Payloads.encode(Encoding.JSON, new PrekeyBatch(oneTime, lastResort));
        return exchange(phone.put("/v1/self/prekeys", null, body));
    }

    private static HttpResponse<String> publishText(TestPhone phone, String json) throws Exception {
        return exchange(phone.put("/v1/self/prekeys", null, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> ask(TestPhone phone, Tag whom, String json) throws Exception {
        return exchange(phone.post("/v1/bundle", whom, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> ask(TestPhone phone, Tag whom) throws Exception {
        return ask(phone, whom, "{\"suites\":[2,1]}");
    }

    private static <T extends Record> T read(Class<T> type, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Decoded<T> read = Payloads.decode(Encoding.JSON, type, answer.body().getBytes(StandardCharsets.UTF_8));
        return ((Decoded.Good<T>) read).value();
    }

    private static void isRefused(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("/problems#" + type).doesNotContain("CANARY", "Q0FOQVJZ");
    }

    @Test
    void givesTheListThatTheAccountSignedAndAPrekeyOfEachDevice() throws Exception {
        TestPhone tablet = bob.another();
        DeviceList both = bob.list(2, bob.listed(), tablet.listed());
        DeviceKey account = DeviceKey.of(bob.account.getPublic());
        byte[] listed = Payloads.encode(Encoding.JSON, new Bodies.AccountDevices(account, both));
        assertThat(exchange(bob.put("/v1/self/devices", null, listed)).statusCode())
                .isEqualTo(200);
        assertThat(tablet.optInWith(null).statusCode()).isEqualTo(200);
        List<Prekey> bobs = keys(1, 2);
        List<Prekey> tablets = keys(1, 1);
        PrekeysLeft left = read(PrekeysLeft.class, publish(bob, bobs, keys(3, 1)));
        publish(tablet, tablets, List.of());

        PrekeyBodies.Bundle bundle = read(PrekeyBodies.Bundle.class, ask(alice, bob.tag));
        assertThat(bundle.account()).isEqualTo(account);
        assertThat(bundle.list()).isEqualTo(both);
        assertThat(bundle.prekeys())
                .containsExactly(
                        new BundledPrekey(bob.device, false, bobs.get(0)),
                        new BundledPrekey(tablet.device, false, tablets.get(0)));
        assertThat(left).isEqualTo(new PrekeysLeft(2, true, 3L, List.of(new PrekeyBodies.SuitePrekeys(2, 2, true))));
        assertThat(read(PrekeysLeft.class, exchange(bob.get("/v1/self/prekeys")))
                        .oneTime())
                .isEqualTo(1);
        Bodies.Export export = read(Bodies.Export.class, exchange(bob.get("/v1/self/export")));
        assertThat(export.prekeys()).extracting(PrekeysLeft::oneTime).containsExactly(1, 0);

        // Its own devices ask for each other's, and get none of their own.
        assertThat(read(PrekeyBodies.Bundle.class, ask(tablet, bob.tag)).prekeys())
                .extracting(BundledPrekey::device)
                .containsExactly(bob.device);
    }

    @Test
    void forgetsThoseOfADeviceThatIsRemoved() throws Exception {
        TestPhone tablet = bob.another();
        DeviceKey account = DeviceKey.of(bob.account.getPublic());
        for (DeviceList list : List.of(bob.list(2, bob.listed(), tablet.listed()), bob.list(3, bob.listed()))) {
            byte[] listed = Payloads.encode(Encoding.JSON, new Bodies.AccountDevices(account, list));
            assertThat(exchange(bob.put("/v1/self/devices", null, listed)).statusCode())
                    .isEqualTo(200);
            if (list.version() == 2) {
                assertThat(tablet.optInWith(null).statusCode()).isEqualTo(200);
                publish(tablet, keys(1, 5), List.of());
                assertThat(read(PrekeyBodies.Bundle.class, ask(alice, bob.tag)).prekeys())
                        .hasSize(1);
            }
        }

        assertThat(read(PrekeyBodies.Bundle.class, ask(alice, bob.tag)).prekeys())
                .isEmpty();
        assertThat(exchange(tablet.get("/v1/self/prekeys")).statusCode()).isEqualTo(401);
    }

    @Test
    void givesAnAccountThatAsksTooOftenTheLastResort() throws Exception {
        publish(bob, keys(1, 60), keys(61, 1));
        long once = 0;
        for (int i = 0; i < 25; i++) {
            BundledPrekey given = read(PrekeyBodies.Bundle.class, ask(alice, bob.tag))
                    .prekeys()
                    .get(0);
            once += given.lastResort() ? 0 : 1;
        }
        // One more may have come meanwhile, on a slow machine.
        assertThat(once).isBetween(20L, 22L);

        TestPhone carol = new TestPhone(edge);
        carol.optIn();
        assertThat(read(PrekeyBodies.Bundle.class, ask(carol, bob.tag))
                        .prekeys()
                        .get(0)
                        .lastResort())
                .isFalse();
    }

    /** Byte for byte the same, but for the headers of time. */
    @Test
    void tellsAStrangerNothing() throws Exception {
        TestPhone gone = new TestPhone(edge);
        gone.optIn();
        publish(gone, keys(1, 5), List.of());
        assertThat(exchange(gone.delete("/v1/self/consent", null)).statusCode()).isEqualTo(204);

        HttpResponse<String> unknown = ask(alice, new TestPhone(edge).tag);
        HttpResponse<String> optedOut = ask(alice, gone.tag);
        isRefused(unknown, 404, "not-found");
        assertThat(optedOut.body()).isEqualTo(unknown.body());
        assertThat(optedOut.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
    }

    @Test
    void takesNothingOfWhoeverHasNotOptedIn() throws Exception {
        TestPhone stranger = new TestPhone(edge);

        isRefused(ask(stranger, bob.tag), 401, "not-authentic");
        isRefused(publish(stranger, keys(1, 1), List.of()), 401, "not-authentic");
        isRefused(exchange(stranger.get("/v1/self/prekeys")), 401, "not-authentic");
    }

    @Test
    void takesNoRequestThatTheDeviceHasNotSigned() throws Exception {
        byte[] batch = Payloads.encode(Encoding.JSON, new PrekeyBatch(keys(1, 1), List.of()));
        byte[] other = Payloads.encode(Encoding.JSON, new PrekeyBatch(keys(2, 1), List.of()));
        var forged =
                bob.put("/v1/self/prekeys", null, batch).method("PUT", HttpRequest.BodyPublishers.ofByteArray(other));
        assertThat(TestPhone.send(forged).statusCode()).isIn(400, 401);
        var stolen = alice.post("/v1/bundle", bob.tag, "{\"suites\":[2]}".getBytes(StandardCharsets.UTF_8))
                .setHeader("Lethe-To", alice.tag.toText());
        assertThat(TestPhone.send(stolen).statusCode()).isEqualTo(401);
        var replayed = bob.put("/v1/self/prekeys", null, batch);
        assertThat(exchange(replayed).statusCode()).isEqualTo(200);
        isRefused(exchange(replayed), 401, "replayed");
    }

    @Test
    void refusesWhatMeansNothingAndEchoesNothing() throws Exception {
        String body =
                Base64.getUrlEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.US_ASCII));
        String large = "A".repeat(2_732);
        String key = "{\"suite\":%s,\"id\":%s,\"body\":\"%s\"}";
        for (String wrong : List.of(
                key.formatted("0", "1", body),
                key.formatted("256", "1", body),
                key.formatted("\"x25519\"", "1", body),
                key.formatted("2", "-1", body),
                key.formatted("2", "4294967296", body),
                key.formatted("2", "1", ""),
                key.formatted("2", "1", body) + "," + key.formatted("1", "1", body))) {
            isRefused(publishText(bob, "{\"one_time\":[" + wrong + "]}"), 400, "malformed");
        }
        isRefused(publishText(bob, "{\"one_time\":[" + key.formatted("2", "1", large) + "]}"), 413, "too-large");
        isRefused(publishText(bob, "{}"), 400, "malformed");
        isRefused(publishText(bob, "{\"CANARY\":1}"), 400, "unknown-field");
        isRefused(publish(bob, keys(1, 101), List.of()), 409, "prekeys-full");
        isRefused(publish(bob, List.of(), keys(1, 2)), 400, "malformed");
        assertThat(publish(bob, keys(5, 1), List.of()).statusCode()).isEqualTo(200);
        isRefused(publish(bob, keys(5, 1), List.of()), 409, "prekey-ids");

        for (String wrong : List.of(
                "{}",
                "{\"suites\":[]}",
                "{\"suites\":[1,1]}",
                "{\"suites\":[0]}",
                "{\"suites\":[1,2,3,4,5,6,7,8,9]}")) {
            isRefused(ask(alice, bob.tag, wrong), 400, "malformed");
        }
        isRefused(
                exchange(alice.post("/v1/bundle", null, "{\"suites\":[2]}".getBytes(StandardCharsets.UTF_8))),
                400,
                "malformed");
    }

    @Test
    void tellsAPhoneOnItsSocketThatFewAreLeft() throws Exception {
        publish(bob, keys(1, 20), List.of());
        try (TestSocket socket = TestSocket.connect(edge, bob)) {
            ask(alice, bob.tag);
            assertThat(socket.next()).isEqualTo(new ServerFrame.PrekeysLow(19));
        }
    }
}
