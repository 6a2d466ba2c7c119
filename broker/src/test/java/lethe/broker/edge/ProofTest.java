package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.Bodies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a broker that believes one verifier. */
class ProofTest {
    private static TestEdge edge;
    private static Verifier verifier;

    private TestPhone phone;

    @BeforeAll
    static void start() throws Exception {
        verifier = new Verifier();
        edge = TestEdge.start("registration { open = off, verifiers.0 = \"" + verifier.key() + "\" }");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void givenAPhone() throws Exception {
        phone = new TestPhone(edge);
    }

    private static void isRefused(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("/problems#" + type + "\"");
    }

    @Test
    void takesAnAddressThatIsProven() throws Exception {
        assertThat(phone.optIn(verifier.word(phone)).statusCode()).isEqualTo(200);
        assertThat(TestPhone.exchange(phone.get("/v1/self/consent")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoneThatIsNot() throws Exception {
        isRefused(phone.optIn(null), 403, "not-proven");
        isRefused(phone.optInWith(null), 409, "other-device");
        isRefused(TestPhone.exchange(phone.get("/v1/self/consent")), 401, "not-authentic");
    }

    @Test
    void believesNobodyElse() throws Exception {
        isRefused(phone.optIn(new Verifier().word(phone)), 403, "not-proven");
    }

    @Test
    void believesNothingThatIsAboutAnotherAddressAccountOrTime() throws Exception {
        TestPhone other = new TestPhone(edge);
        DeviceKey account = DeviceKey.of(phone.account.getPublic());

        isRefused(phone.optIn(verifier.word(other)), 403, "not-proven");
        isRefused(phone.optIn(verifier.word(phone.rival())), 403, "not-proven");
        isRefused(phone.optIn(verifier.word(phone.tag, account, Instant.now())), 403, "not-proven");
    }

    @Test
    void believesNoStatementThatWasChanged() throws Exception {
        Ownership word = verifier.word(phone);
        Ownership longer = new Ownership(
                word.tag(), word.account(), word.expires().plusSeconds(1), word.nonce(), word.signature());

        isRefused(phone.optIn(longer), 403, "not-proven");
    }

    @Test
    void takesNoListThatTheAccountDidNotSignOrThatLacksTheDevice() throws Exception {
        Bodies.AccountClaim good = phone.claim(verifier.word(phone));
        DeviceList strange = phone.rival().list(1, phone.listed());
        DeviceList without = phone.list(1, phone.another().listed());

        isRefused(
                phone.optInWith(new Bodies.AccountClaim(good.key(), strange, good.ownership())), 401, "not-authentic");
        isRefused(
                phone.optInWith(new Bodies.AccountClaim(good.key(), without, good.ownership())), 401, "not-authentic");
    }

    @Test
    void needsNoProofOfAnAccountThatIsThere() throws Exception {
        phone.optIn(verifier.word(phone));
        TestPhone tablet = phone.another();

        assertThat(phone.optIn(null).statusCode()).isEqualTo(200);
        assertThat(phone.optInWith(null).statusCode()).isEqualTo(200);
        isRefused(tablet.optInWith(null), 409, "other-device");
        Bodies.AccountClaim both =
                new Bodies.AccountClaim(phone.claim(null).key(), phone.list(2, phone.listed(), tablet.listed()), null);
        assertThat(tablet.optInWith(both).statusCode()).isEqualTo(200);
        isRefused(phone.optIn(null), 409, "stale-list");
    }

    @Test
    void doesNotMindAStatementThatHasExpiredSince() throws Exception {
        phone.optIn(verifier.word(phone));
        DeviceKey account = DeviceKey.of(phone.account.getPublic());

        assertThat(phone.optIn(verifier.word(phone.tag, account, Instant.now())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void asksForProofAgainAfterAnOptOut() throws Exception {
        phone.optIn(verifier.word(phone));
        assertThat(TestPhone.exchange(phone.delete("/v1/self/consent", null)).statusCode())
                .isEqualTo(204);

        isRefused(phone.optIn(null), 403, "not-proven");
        assertThat(phone.optIn(verifier.word(phone)).statusCode()).isEqualTo(200);
    }
}
