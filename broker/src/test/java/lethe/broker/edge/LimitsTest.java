package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.messageId;
import static lethe.broker.edge.websocket.ClientBytes.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lethe.broker.TestNode;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SenderCommand;
import lethe.broker.subscriber.SubscriberCommand.OfSenders;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.account.Pin;
import lethe.core.account.PinProof;
import lethe.core.block.Blocks;
import lethe.core.block.Evidence;
import lethe.core.block.ReportReason;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import lethe.core.limit.Limit;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Admission;
import lethe.core.subscriber.Admittance;
import lethe.core.subscriber.Applicant;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit of the catalogue, exhausted: what is new is refused by its name, and counted; nobody is named. */
class LimitsTest {
    private static final String FEW_REQUESTS =
            "edge.connections { requests-per-second = 1, request-burst = 3, prefix-factor = 1 }";
    private static final String FEW_OPT_INS =
            "edge.connections { opt-ins-per-second = 1, opt-in-burst = 3, prefix-factor = 1 }";
    private static final String FEW_CONNECTIONS = "edge.connections { most-per-address = 2, prefix-factor = 1 }";
    private static final String FEW_AT_ALL = "edge.connections { most = 2 }";
    private static final String FEW_OF_A_DEVICE = "edge.http { requests-per-second = 1, request-burst = 3 }";
    private static final String LITTLE_UNREAD = "edge.socket { close-within = 300 ms, unread-bound = 256 KiB }";
    private static final String FEW_MESSAGES = """
            edge.http { requests-per-second = 100000, request-burst = 100000 }
            edge.connections { requests-per-second = 100000, request-burst = 100000 }
            session { frames-per-second = 1, burst = 5 }
            subscriber { sends-per-second = 1, send-burst = 3 }
            queue { messages = 4, share-divisor = 2 }
            reports { threshold = 1, sends-per-minute = 1 }
            """;

    private static final String POLICY = "GET /v1/policy HTTP/1.1\r\nHost: broker\r\n\r\n";
    private static final String OPT_IN = "PUT /v1/self/consent HTTP/1.1\r\nHost: broker\r\nContent-Length: 0\r\n\r\n";

    /** More than any limit here lets through, unless a minute passes. */
    private static final int SOME = 60;

    private static final Map<String, TestEdge> EDGES = new HashMap<>();

    @AfterAll
    static void stop() {
        EDGES.values().forEach(TestEdge::close);
    }

    private static TestEdge edge(String settings) throws Exception {
        TestEdge edge = EDGES.get(settings);
        if (edge == null) {
            edge = TestEdge.start(settings);
            EDGES.put(settings, edge);
        }
        return edge;
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNewByItsNameAndCountsIt(Limit limit) throws Exception {
        Exhausted exhausted = exhaust(limit);

        assertThat(exhausted.limits().count(limit)).isPositive();
        assertThat(exhausted.heard()).contains(limit.word()).doesNotContain("127.0.");
        assertThat(exhausted.secrets()).noneMatch(secret -> exhausted.heard().contains(secret));
    }

    /**
     * What happened.
     *
     * @param heard by whoever exceeded the limit
     * @param secrets that must not be in it
     */
    private record Exhausted(Limits limits, String heard, List<String> secrets) {
        static Exhausted at(TestEdge edge, String heard, TestPhone... phones) {
            return new Exhausted(
                    edge.node().limitsInForce(),
                    heard,
                    Arrays.stream(phones)
                            .flatMap(phone -> List.of(phone.tag.toText(), phone.device.toText()).stream())
                            .toList());
        }
    }

    private static Exhausted exhaust(Limit limit) throws Exception {
        return switch (limit) {
            case NODE_CONNECTIONS -> connections(FEW_AT_ALL, "127.0.1.1", "127.0.2.1", "127.0.3.1");
            case PREFIX_CONNECTIONS -> connections(FEW_CONNECTIONS, "127.0.1.1", "127.0.1.2", "127.0.1.2");
            case ADDRESS_CONNECTIONS -> connections(FEW_CONNECTIONS, "127.0.2.1", "127.0.2.1", "127.0.2.1");
            case PREFIX_REQUESTS -> requests(FEW_REQUESTS, POLICY, i -> "127.0.1." + i);
            case ADDRESS_REQUESTS -> requests(FEW_REQUESTS, POLICY, i -> "127.0.2.1");
            case PREFIX_OPT_INS -> requests(FEW_OPT_INS, OPT_IN, i -> "127.0.1." + i);
            case ADDRESS_OPT_INS -> requests(FEW_OPT_INS, OPT_IN, i -> "127.0.2.1");
            case DEVICE_REQUESTS -> signedRequests(FEW_OF_A_DEVICE, SOME);
            case DEVICE_NONCES -> nonces();
            case CONNECTION_FRAMES -> framesToOthers();
            case CONNECTION_OWN_FRAMES -> framesAboutItself();
            case CONNECTION_PINGS -> pings();
            case CONNECTION_UNREAD -> unread();
            case SENDS_TO_ONE -> sendsToOne();
            case REPORTED_SENDS -> reportedSends();
            case DEVICE_QUEUE -> queue();
            case SENDER_SHARE -> share();
            case SUBSCRIBER_RECEIPTS -> receipts();
            case SUBSCRIBER_BLOCKS -> blocks();
            case ACCOUNT_DEVICES -> devices();
            case PIN_PACE -> pinPace();
            case PIN_TRIES -> pinTries();
            case DEVICE_PREKEYS -> prekeys();
            case ONE_TIME_PREKEYS -> bundles();
        };
    }

    /** All but the last are let in. */
    private static Exhausted connections(String settings, String... from) throws Exception {
        TestEdge edge = edge(settings);
        await().atMost(Duration.ofSeconds(15)).until(() -> edge.connections() == 0);
        List<RawConnection> open = new ArrayList<>();
        try {
            for (String address : from) {
                RawConnection connection = new RawConnection(edge, address);
                open.add(connection);
                if (open.size() < from.length) {
                    assertThat(connection.send(POLICY).head()).startsWith("HTTP/1.1 200 ");
                }
            }
            return Exhausted.at(edge, tooMany(open.get(from.length - 1).send(POLICY)));
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    private static Exhausted requests(String settings, String request, IntFunction<String> from) throws Exception {
        TestEdge edge = edge(settings);
        for (int i = 1; i <= SOME; i++) {
            try (RawConnection connection = new RawConnection(edge, from.apply(i))) {
                String head = connection.send(request).head();
                if (head.startsWith("HTTP/1.1 429 ")) {
                    return Exhausted.at(edge, tooMany(head, connection));
                }
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private static String tooMany(RawConnection connection) throws IOException {
        return tooMany(connection.head(), connection);
    }

    private static String tooMany(String head, RawConnection connection) throws IOException {
        String body = connection.body(head);
        assertThat(head).startsWith("HTTP/1.1 429 ").containsPattern("Retry-After: [1-9][0-9]*\r\n");
        assertThat(body).contains("\"type\":\"/problems#too-many-requests\"", "\"retry_after_ms\":");
        return body;
    }

    private static Exhausted signedRequests(String settings, int most) throws Exception {
        TestEdge edge = edge(settings);
        return signedRequests(edge, optedIn(edge), most);
    }

    /** One of an account's devices; the other one is served as before. */
    private static Exhausted nonces() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        TestPhone tablet = phone.another();
        Bodies.AccountDevices both = new Bodies.AccountDevices(
                DeviceKey.of(phone.account.getPublic()), phone.list(2, phone.listed(), tablet.listed()));
        assertThat(TestPhone.exchange(phone.put("/v1/self/devices", null, json(both)))
                        .statusCode())
                .isEqualTo(200);
        Exhausted exhausted = signedRequests(edge, phone, 4_200);
        assertThat(TestPhone.send(tablet.get("/v1/self/consent")).statusCode()).isEqualTo(200);
        return exhausted;
    }

    private static Exhausted signedRequests(TestEdge edge, TestPhone phone, int most) throws Exception {
        HttpResponse<String> refused = TestPhone.send(phone.get("/v1/self/consent"));
        for (int i = 1; i < most && refused.statusCode() == 200; i++) {
            refused = TestPhone.send(phone.get("/v1/self/consent"));
        }
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        return Exhausted.at(edge, refused.body(), phone);
    }

    private static Exhausted framesToOthers() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        try (TestSocket socket = TestSocket.connect(edge, phone)) {
            for (int i = 0; i < SOME; i++) {
                socket.send(message(i, new TestPhone(edge)));
            }
            return Exhausted.at(edge, refusal(socket), phone);
        }
    }

    private static Exhausted framesAboutItself() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        try (TestSocket socket = TestSocket.connect(edge, phone)) {
            for (int i = 0; i < 100; i++) {
                socket.send(new ClientFrame.Credit(1));
            }
            String heard = refusal(socket);
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4429);
            return Exhausted.at(edge, heard, phone);
        }
    }

    private static Exhausted pings() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        try (TestSocket socket = TestSocket.open(edge)) {
            var flood = client();
            for (int i = 0; i < 200; i++) {
                flood.frame(0x89, "x");
            }
            socket.send(flood.bytes());
            TestSocket.Frame close = socket.closeFrame();
            assertThat(close.closeCode()).isEqualTo(1008);
            return Exhausted.at(edge, close.closeText());
        }
    }

    /** It does not read, so it does not hear either. */
    private static Exhausted unread() throws Exception {
        TestEdge edge = edge(LITTLE_UNREAD);
        TestPhone deaf = optedIn(edge);
        Limits limits = edge.node().limitsInForce();
        try (TestSocket socket = TestSocket.connect(edge, deaf, 1000)) {
            for (int sender = 0; sender < 4; sender++) {
                try (TestSocket other = TestSocket.connect(edge, optedIn(edge))) {
                    for (int i = 0; i < 30; i++) {
                        other.send(message(i, deaf, 60_000));
                    }
                    assertThat(other.next()).isNotNull();
                }
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> limits.count(Limit.CONNECTION_UNREAD) > 0);
        }
        return Exhausted.at(edge, Limit.CONNECTION_UNREAD.word());
    }

    private static Exhausted sendsToOne() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone sender = optedIn(edge);
        TestPhone nobody = new TestPhone(edge);
        HttpResponse<String> refused = send(sender, nobody);
        assertThat(refused.body()).contains("rejected");
        for (int i = 1; i < SOME && refused.statusCode() == 200; i++) {
            refused = send(sender, nobody);
        }
        assertThat(refused.statusCode()).isEqualTo(429);
        return Exhausted.at(edge, refused.body(), sender, nobody);
    }

    private static Exhausted reportedSends() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone sender = optedIn(edge);
        TestPhone reporter = optedIn(edge);
        MessageId id = messageId();
        Opaque body = TestEdge.random(40);
        assertThat(send(sender, reporter, id, body).statusCode()).isEqualTo(200);
        assertThat(TestPhone.exchange(reporter.post("/v1/inbox/acks", null, json(new Bodies.Ids(List.of(id)))))
                        .statusCode())
                .isEqualTo(204);
        Bodies.Report report = new Bodies.Report(ReportReason.SPAM, Evidence.proof(id, body));
        assertThat(TestPhone.exchange(reporter.post("/v1/reports", null, json(report)))
                        .statusCode())
                .isEqualTo(204);
        TestPhone nobody = new TestPhone(edge);
        send(sender, nobody);
        var refused = send(sender, nobody);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        return Exhausted.at(edge, refused.body(), sender, reporter, nobody);
    }

    private static Exhausted queue() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone away = optedIn(edge);
        for (int i = 0; i < 2; i++) {
            TestPhone sender = optedIn(edge);
            assertThat(send(sender, away).body()).contains("held");
            assertThat(send(sender, away).body()).contains("held");
        }
        TestPhone another = optedIn(edge);
        return Exhausted.at(edge, send(another, away).body(), away, another);
    }

    private static Exhausted share() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone away = optedIn(edge);
        TestPhone sender = optedIn(edge);
        assertThat(send(sender, away).body()).contains("held");
        assertThat(send(sender, away).body()).contains("held");
        return Exhausted.at(edge, send(sender, away).body(), away, sender);
    }

    /** By the decision alone: to bring it about would write twenty thousand rows. */
    private static Exhausted receipts() {
        Instant now = Instant.parse("2026-11-28T00:00:00Z");
        Device device = device();
        Account account =
                Account.of(new DeviceKey(TestEdge.random(32)), new DeviceList(1, List.of(device), TestEdge.random(64)));
        SubscriberState state = SubscriberState.absent(1);
        new SubscriberEvent.OptedIn(consent(device, now), account).applyTo(state);
        new SubscriberEvent.Ended(Stream.generate(() -> new Receipt(messageId(), ReceiptState.DELIVERED, now, false, 1))
                        .limit(10_000)
                        .toList())
                .applyTo(state);
        Deliveries<String> deliveries = Deliveries.of(state, new Bounds(10, 10_000, 1), now);
        Envelope envelope = new Envelope(
                messageId(),
                TestEdge.random(40),
                Urgency.NORMAL,
                now.plusSeconds(9),
                Fallback.NONE,
                now.plusSeconds(9));
        Admission<String> admission = deliveries.admit(envelope, Addressee.ONLY, null, 1, "sender", now);
        return of(((Admission.Refused<String>) admission).problem());
    }

    private static Exhausted blocks() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        SubscriberId self = edge.node().subscribers().id(phone.tag);
        for (long sender = 1; sender <= Blocks.MOST; sender++) {
            long label = sender;
            assertThat(edge.node()
                            .subscribers()
                            .<SenderCommand.Answer>ask(
                                    self,
                                    replyTo -> new OfSenders(phone.listed(), new SenderCommand.Block(label, replyTo)),
                                    Duration.ofSeconds(10))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(SenderCommand.Answer.Concluded.class);
        }
        TestPhone another = new TestPhone(edge);
        var refused = TestPhone.exchange(phone.signed("PUT", "/v1/self/blocks", another.tag, new byte[0]));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/problems#list-full", "\"limit\":1000");
        return Exhausted.at(edge, refused.body(), phone, another);
    }

    private static Exhausted devices() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        Device[] most = Stream.generate(() -> device()).limit(DeviceList.MOST).toArray(Device[]::new);
        Bodies.AccountDevices full =
                new Bodies.AccountDevices(DeviceKey.of(phone.account.getPublic()), phone.list(2, most));
        String one = new String(json(device()), StandardCharsets.UTF_8);
        String more = new String(json(full), StandardCharsets.UTF_8).replaceFirst("\\[", "[" + one + ",");
        byte[] body = more.getBytes(StandardCharsets.UTF_8);
        var refused = TestPhone.send(phone.put("/v1/self/devices", null, body));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/problems#malformed", "\"limit\":10");
        Bodies.OptIn consent = phone.consent(1);
        String claim = new String(json(consent), StandardCharsets.UTF_8)
                .replaceFirst("\\[\\{", "[" + (one + ",").repeat(DeviceList.MOST) + "{");
        var again = TestPhone.send(phone.put("/v1/self/consent", null, claim.getBytes(StandardCharsets.UTF_8)));
        assertThat(again.body()).contains("\"limit\":10", Limit.ACCOUNT_DEVICES.word());
        assertThat(edge.node().limitsInForce().count(Limit.ACCOUNT_DEVICES)).isEqualTo(2);
        return Exhausted.at(edge, refused.body(), phone);
    }

    private static Device device() {
        return new Device(new DeviceId(TestEdge.random(16)), new DeviceKey(TestEdge.random(32)));
    }

    private static Exhausted pinPace() throws Exception {
        Verifier verifier = new Verifier();
        TestEdge edge = edge("registration { open = on, verifiers.0 = \"" + verifier.key() + "\" }");
        TestPhone owner = optedIn(edge);
        DeviceKey pin = DeviceKey.of(new TestPhone(edge).account.getPublic());
        assertThat(TestPhone.exchange(owner.put("/v1/self/pin", null, json(new Bodies.NewPin(pin))))
                        .statusCode())
                .isEqualTo(204);
        TestPhone fresh = owner.rival();
        assertThat(fresh.optInWith(guess(fresh, verifier)).body()).contains("pin-wrong");
        var refused = fresh.optInWith(guess(fresh, verifier));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        return Exhausted.at(edge, refused.body(), owner, fresh);
    }

    /** What is signed with the new account's key instead of one that comes from the PIN. */
    private static Bodies.AccountClaim guess(TestPhone phone, Verifier verifier) throws Exception {
        Bodies.AccountClaim claim = phone.claim(verifier.word(phone));
        return new Bodies.AccountClaim(
                claim.key(),
                claim.list(),
                claim.ownership(),
                TestPhone.sign(phone.account, Pin.statement(phone.tag, claim.key())));
    }

    /** By the decision alone: the tries take seven hours. */
    private static Exhausted pinTries() {
        Instant now = Instant.parse("2026-11-28T00:00:00Z");
        Device device = device();
        Pin tried = new Pin(new DeviceKey(TestEdge.random(32)), Pin.TRIES, now);
        Account owners = Account.of(
                        new DeviceKey(TestEdge.random(32)), new DeviceList(1, List.of(device), TestEdge.random(64)))
                .withPin(tried);
        SubscriberState state = SubscriberState.absent(1);
        new SubscriberEvent.OptedIn(consent(device, now), owners).applyTo(state);
        Device newer = device();
        Account claimed =
                Account.of(new DeviceKey(TestEdge.random(32)), new DeviceList(2, List.of(newer), TestEdge.random(64)));
        Applicant applicant = new Applicant(
                consent(newer, now),
                newer,
                claimed,
                Applicant.Proof.SHOWN,
                new PinProof(TestEdge.random(40), TestEdge.random(64)));
        Admittance.Verdict verdict = new Admittance(Duration.ofDays(1)).judge(state, applicant, now);
        return of(((Admittance.Verdict.Waits) verdict).problem());
    }

    private static Consent consent(Device by, Instant at) {
        return new Consent(1, TestEdge.random(32), Set.of(Scope.IP), at, by.id(), TestEdge.random(64));
    }

    private static Exhausted of(Problem problem) {
        Limits limits = TestNode.limits();
        limits.refused(problem);
        return new Exhausted(
                limits, new String(Payloads.encode(Encoding.JSON, problem), StandardCharsets.UTF_8), List.of());
    }

    private static Exhausted prekeys() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone phone = optedIn(edge);
        assertThat(publish(phone, 1, 60).statusCode()).isEqualTo(200);
        var refused = publish(phone, 61, 41);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("/problems#prekeys-full", "\"limit\":100");
        return Exhausted.at(edge, refused.body(), phone);
    }

    private static HttpResponse<String> publish(TestPhone phone, long first, int count) throws Exception {
        List<Prekey> keys = LongStream.range(first, first + count)
                .mapToObj(id -> new Prekey(2, id, TestEdge.random(100)))
                .toList();
        return TestPhone.exchange(phone.put("/v1/self/prekeys", null, json(new PrekeyBatch(keys, List.of()))));
    }

    /** Who asks oftener does not hear of it. */
    private static Exhausted bundles() throws Exception {
        TestEdge edge = edge(FEW_MESSAGES);
        TestPhone asker = optedIn(edge);
        TestPhone asked = optedIn(edge);
        publish(asked, 1, 60);
        byte[] request = json(new PrekeyBodies.BundleRequest(List.of(2)));
        Limits limits = edge.node().limitsInForce();
        String bundle =
                TestPhone.exchange(asker.post("/v1/bundle", asked.tag, request)).body();
        assertThat(bundle).doesNotContain("\"prekeys\":[]");
        for (int i = 1; i < SOME && limits.count(Limit.ONE_TIME_PREKEYS) == 0; i++) {
            bundle = TestPhone.exchange(asker.post("/v1/bundle", asked.tag, request))
                    .body();
        }
        assertThat(bundle).contains("\"prekeys\":[]");
        return Exhausted.at(edge, Limit.ONE_TIME_PREKEYS.word());
    }

    private static TestPhone optedIn(TestEdge edge) throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }

    private static HttpResponse<String> send(TestPhone from, TestPhone to) throws Exception {
        return send(from, to, messageId(), TestEdge.random(40));
    }

    private static HttpResponse<String> send(TestPhone from, TestPhone to, MessageId id, Opaque body) throws Exception {
        Bodies.Outgoing message = new Bodies.Outgoing(null, null, null, null, null, null, body, null);
        return TestPhone.exchange(from.put("/v1/outbox/" + id.toText(), to.tag, json(message)));
    }

    private static byte[] json(Record body) {
        return Payloads.encode(Encoding.JSON, body);
    }

    private static ClientFrame.Send message(int ref, TestPhone to) {
        return message(ref, to, 40);
    }

    private static ClientFrame.Send message(int ref, TestPhone to, int bytes) {
        return new ClientFrame.Send(
                ref, messageId(), to.tag, null, null, null, null, null, null, TestEdge.random(bytes), null);
    }

    /** The first problem that a socket hears, as JSON. */
    private static String refusal(TestSocket socket) throws IOException {
        ServerFrame frame = socket.next();
        while (!(frame instanceof ServerFrame.Refused)) {
            frame = socket.next();
        }
        Problem problem = ((ServerFrame.Refused) frame).problem();
        assertThat(problem.retryAfter()).isPositive();
        return new String(Payloads.encode(Encoding.JSON, problem), StandardCharsets.UTF_8);
    }
}
