package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import lethe.core.ownership.Ownership;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A verifier's statement proves a number once, whichever node it is shown to. */
class StatementOnceTest {
    private static TestEdge edge;
    private static Verifier verifier;

    private TestPhone owner;
    private TestPhone rival;

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
    void givenAnAddressInUse() throws Exception {
        owner = new TestPhone(edge);
        assertThat(owner.optIn(verifier.word(owner)).statusCode()).isEqualTo(200);
        rival = owner.rival();
    }

    private static void says(HttpResponse<String> answer, String type) {
        assertThat(answer.body()).contains("/problems#" + type + "\"");
    }

    /** Whose claim takes the place of the one before. */
    private void somebodyElseProvesTheNumber() throws Exception {
        TestPhone third = owner.rival();
        says(third.optIn(verifier.word(third)), "account-waits");
    }

    @Test
    void bringsNobodyBackWhoseClaimIsOver() throws Exception {
        Ownership word = verifier.word(rival);
        says(rival.optIn(word), "account-waits");
        somebodyElseProvesTheNumber();

        says(rival.optIn(word), "not-proven");
        says(rival.optIn(verifier.word(rival)), "account-waits");
    }

    @Test
    void bringsNobodyBackOnAnotherNodeEither() throws Exception {
        Ownership word = verifier.word(rival);
        says(rival.optIn(word), "account-waits");
        somebodyElseProvesTheNumber();

        try (TestEdge other = edge.another()) {
            rival.moveTo(other);
            says(rival.optIn(word), "not-proven");
        }
    }

    @Test
    void isNoWayBackAfterAnOptOut() throws Exception {
        TestPhone phone = new TestPhone(edge);
        Ownership word = verifier.word(phone);
        assertThat(phone.optIn(word).statusCode()).isEqualTo(200);
        assertThat(exchange(phone.delete("/v1/self/consent", null)).statusCode())
                .isEqualTo(204);

        says(phone.optIn(word), "not-proven");
    }

    /** The phone may not have heard the answer. */
    @Test
    void mayBeShownAgainByWhoeverIsInOrWaits() throws Exception {
        TestPhone phone = new TestPhone(edge);
        Ownership word = verifier.word(phone);
        assertThat(phone.optIn(word).statusCode()).isEqualTo(200);
        assertThat(phone.optIn(word).statusCode()).isEqualTo(200);

        Ownership claim = verifier.word(rival);
        says(rival.optIn(claim), "account-waits");
        says(rival.optIn(claim), "account-waits");
    }

    @Test
    void aRequestThatWasUsedDoesNotUndoAnOptOut() throws Exception {
        Ownership word = verifier.word(owner);
        byte[] body = Payloads.encode(Encoding.JSON, owner.consentWith(owner.claim(word)));
        var request = owner.put("/v1/self/consent", null, body);
        assertThat(exchange(request).statusCode()).isEqualTo(200);
        assertThat(exchange(owner.delete("/v1/self/consent", null)).statusCode())
                .isEqualTo(204);

        assertThat(exchange(request).statusCode()).isIn(401, 403);
        assertThat(exchange(owner.get("/v1/self/consent")).statusCode()).isEqualTo(401);
    }
}
