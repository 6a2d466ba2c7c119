package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import lethe.core.account.Pin;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ServerFrame;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new phone of an owner who has set a registration PIN. */
class PinTest {
    private static final String PATH = "/v1/self/pin";
    private static TestEdge edge;
    private static Verifier verifier;

    private final KeyPair right = keys();
    private final KeyPair wrong = keys();
    private TestPhone owner;
    private TestPhone fresh;

    PinTest() throws GeneralSecurityException {}

    private static KeyPair keys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @BeforeAll
    static void start() throws Exception {
        verifier = new Verifier();
        edge = TestEdge.start("registration { open = on, hold = 24 h, verifiers.0 = \"" + verifier.key() + "\" }");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void givenAnAddressInUse() throws Exception {
        owner = new TestPhone(edge);
        owner.optIn();
        fresh = owner.rival();
    }

    private static byte[] pin(KeyPair keys) {
        return Payloads.encode(Encoding.JSON, new Bodies.NewPin(DeviceKey.of(keys.getPublic())));
    }

    private void givenThePinIsSet() throws Exception {
        assertThat(exchange(owner.put(PATH, null, pin(right))).statusCode()).isEqualTo(204);
    }

    /** The phone proves the number, and gives what it takes for the PIN. */
    private HttpResponse<String> comes(TestPhone phone, @Nullable KeyPair pin) throws Exception {
        Bodies.AccountClaim claim = phone.claim(verifier.word(phone));
        return phone.optInWith(
                pin == null
                        ? claim
                        : new Bodies.AccountClaim(
                                claim.key(),
                                claim.list(),
                                claim.ownership(),
                                TestPhone.sign(pin, Pin.statement(phone.tag, claim.key()))));
    }

    private static void isWrong(HttpResponse<String> answer, int left) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("/problems#pin-wrong\"").contains("\"limit\":" + left);
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, Duration.ofHours(24).toSeconds());
    }

    private static void hasLeft(TestPhone phone, int left) throws Exception {
        assertThat(exchange(phone.get(PATH)).body()).isEqualTo("{\"left\":" + left + "}");
    }

    @Test
    void isSetChangedShownAndRemovedByTheAccountsDevicesOnly() throws Exception {
        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(404);
        assertThat(exchange(owner.delete(PATH, null)).statusCode()).isEqualTo(404);
        givenThePinIsSet();
        hasLeft(owner, Pin.TRIES);
        assertThat(exchange(owner.get("/v1/self/export")).body())
                .contains("\"pin\":{\"left\":5}")
                .doesNotContain(DeviceKey.of(right.getPublic()).bytes().toText());

        assertThat(exchange(fresh.put(PATH, null, pin(wrong))).statusCode()).isEqualTo(401);
        assertThat(exchange(fresh.delete(PATH, null)).statusCode()).isEqualTo(401);
        assertThat(exchange(owner.put(PATH, null, pin(wrong))).statusCode()).isEqualTo(204);
        isWrong(comes(fresh, right), 4);

        assertThat(exchange(owner.delete(PATH, null)).statusCode()).isEqualTo(204);
        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(404);
        assertThat(comes(fresh, wrong).body()).contains("account-waits");
    }

    @Test
    void sparesItsOwnersNextPhoneTheWaitingAndStays() throws Exception {
        givenThePinIsSet();
        try (TestSocket old = TestSocket.connect(edge, owner)) {
            assertThat(comes(fresh, null).body()).contains("account-waits");
            assertThat(old.next()).isInstanceOf(ServerFrame.Contested.class);
            assertThat(comes(fresh, right).statusCode()).isEqualTo(200);
            assertThat(old.closeFrame().closeCode()).isEqualTo(4410);
        }
        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(401);
        hasLeft(fresh, Pin.TRIES);
    }

    @Test
    void isNotTriedTwiceInARow() throws Exception {
        givenThePinIsSet();
        isWrong(comes(fresh, wrong), 4);

        HttpResponse<String> early = comes(fresh, right);

        assertThat(early.statusCode()).isEqualTo(429);
        assertThat(early.body()).contains("too-many-requests");
        hasLeft(owner, 4);
        assertThat(exchange(owner.get("/v1/self/takeover")).statusCode()).isEqualTo(200);
    }

    @Test
    void helpsNobodyWhoHasNotProvenTheNumber() throws Exception {
        givenThePinIsSet();
        Bodies.AccountClaim claim = fresh.claim(null);
        HttpResponse<String> answer = fresh.optInWith(new Bodies.AccountClaim(
                claim.key(), claim.list(), null, TestPhone.sign(right, Pin.statement(fresh.tag, claim.key()))));

        assertThat(answer.body()).contains("other-account");
        hasLeft(owner, Pin.TRIES);
    }

    @Test
    void endsWithAnOptOut() throws Exception {
        givenThePinIsSet();
        assertThat(exchange(owner.delete("/v1/self/consent", null)).statusCode())
                .isEqualTo(204);
        owner.optIn();

        assertThat(exchange(owner.get(PATH)).statusCode()).isEqualTo(404);
    }

    @Test
    void countsWrongTriesAcrossARestart() throws Exception {
        try (TestEdge before =
                TestEdge.start("registration { open = on, hold = 24 h, verifiers.0 = \"" + verifier.key() + "\" }")) {
            owner = new TestPhone(before);
            owner.optIn();
            fresh = owner.rival();
            givenThePinIsSet();
            isWrong(comes(fresh, wrong), 4);
            try (TestEdge after = before.restart("lethe.session.burst", "499")) {
                owner.moveTo(after);
                hasLeft(owner, 4);
            }
        }
    }
}
