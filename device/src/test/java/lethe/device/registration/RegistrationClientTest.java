package lethe.device.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lethe.client.http.Answer;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.core.ownership.OwnershipVerdict.Reason;
import lethe.core.permit.Permit;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationClientTest {
    private static final PlainIdentifier NUMBER = PlainIdentifier.of(Kind.NUMBER, "+4915110000001");
    private static final DeviceKey ACCOUNT = new DeviceKey(Opaque.wrap(new byte[32]));

    private final HandMadeVerifier verifier = new HandMadeVerifier();
    private final RegistrationClient client =
            new RegistrationClient(verifier.pinned(), verifier.asked(), ACCOUNT, new Random(2), Clock.systemUTC());

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void isGivenAStatementOfWhatItAskedFor() throws Exception {
        Proof proof = prove(HandMadeVerifier.CODE);

        assertThat(((Proof.Given) proof).ownership().tag()).isEqualTo(HandMadeVerifier.TAG);
        assertThat(verifier.opened).hasSize(1);
        assertThat(verifier.opened.get(0).number()).isEqualTo(NUMBER);
        assertThat(verifier.opened.get(0).account()).isEqualTo(ACCOUNT);
        assertThat(((Proof.Given) proof).permit().permit().key())
                .isEqualTo(verifier.opened.get(0).permitKey())
                .isNotEqualTo(ACCOUNT);
    }

    @Test
    void believesNoPermitThatTaggersWouldNot() throws Exception {
        verifier.permitDishonesty = good -> new Permit(bytes(16), good.key(), good.expires(), good.signature());
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.FORGED));
        verifier.permitDishonesty = good -> new Permit(good.pseudonym(), ACCOUNT, good.expires(), good.signature());
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.FORGED));
    }

    @Test
    void showsItsNumberToNobodyOnTheWay() throws Exception {
        prove(HandMadeVerifier.CODE);

        assertThat(verifier.server.requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.path()
                                + request.headers()
                                + new String(request.body().shared(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("4915110000001"));
    }

    @Test
    void believesNoStatementThatIsNotTheAnswer() throws Exception {
        verifier.dishonesty = good ->
                new Ownership(new Tag(bytes(32)), good.account(), good.expires(), good.nonce(), good.signature());
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.FORGED));
        verifier.dishonesty =
                good -> new Ownership(good.tag(), good.account(), good.expires(), bytes(16), good.signature());
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.OTHER_NONCE));
        verifier.dishonesty = good ->
                new Ownership(good.tag(), new DeviceKey(bytes(32)), good.expires(), good.nonce(), good.signature());
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.OTHER_ACCOUNT));
        verifier.dishonesty = good -> good;
        verifier.expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 1);
        assertThat(prove(HandMadeVerifier.CODE)).isEqualTo(new Proof.NotBelieved(Reason.EXPIRED));
    }

    @Test
    void tellsARefusalFromSilence() throws Exception {
        assertThat(((Proof.Refused) prove("999999")).problem().type()).isEqualTo(ProblemType.WRONG_CODE);
        verifier.close();
        assertThat(client.submit(new SessionId(Opaque.wrap(new byte[16])), "012345")
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(Proof.Unreachable.class);
    }

    @Test
    void waitsForItsTextUntilTheSessionEnds() throws Exception {
        Registration opened = ((Answer.Good<Registration>)
                        client.open(NUMBER).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .value();
        CompletableFuture<Proof> waiting =
                client.awaitText(opened, Duration.ofMillis(50)).toCompletableFuture();
        await().atMost(Duration.ofSeconds(20)).until(() -> verifier.server.requests.size() > 3);
        assertThat(waiting).isNotDone();

        verifier.texts = true;

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(Proof.Given.class);
        verifier.texts = false;
        Registration over = new Registration(opened.id(), false, 5, Duration.ZERO, Duration.ZERO, false, null);
        Proof late = client.awaitText(over, Duration.ofMillis(50))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(((Proof.Refused) late).problem().type()).isEqualTo(ProblemType.OUT_OF_TURN);
    }

    private Proof prove(String code) throws Exception {
        Registration opened = ((Answer.Good<Registration>)
                        client.open(NUMBER).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .value();
        client.requestCode(opened.id()).toCompletableFuture().get(20, TimeUnit.SECONDS);
        return client.submit(opened.id(), code).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(9).nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
