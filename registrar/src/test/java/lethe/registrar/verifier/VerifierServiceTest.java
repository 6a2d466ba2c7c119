package lethe.registrar.verifier;

import static lethe.registrar.verifier.Installed.ACCOUNT;
import static lethe.registrar.verifier.Installed.NONCE;
import static lethe.registrar.verifier.Installed.good;
import static lethe.registrar.verifier.Installed.problem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.ownership.Ownership;
import lethe.core.ownership.OwnershipVerdict;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.oprf.PinnedKey;
import lethe.oprf.SecretKey;
import lethe.registrar.sms.Centre;
import lethe.registrar.tagger.LoopbackTagger;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** From a sealed number to a signed tag, through HTTP, SMPP and a tagger. */
class VerifierServiceTest {
    private static final String NUMBER = "+4915110000001";

    private final SecretKey key = SecretKey.draw(new Random(1));
    private Centre centre;
    private LoopbackTagger tagger;
    private Installed verifier;

    @BeforeEach
    void open() throws Exception {
        centre = new Centre();
        tagger = new LoopbackTagger(key);
        verifier = new Installed(centre, tagger.pinned(), tagger);
    }

    @AfterEach
    void close() throws Exception {
        verifier.close();
        tagger.close();
        centre.close();
    }

    @Test
    void signsThatANumberIsProven() throws Exception {
        Registration opened = good(verifier.phone.open(verifier.sealed(NUMBER)));
        Registration sent = good(verifier.phone.requestCode(opened.id()));
        Proven proven = good(verifier.phone.submit(opened.id(), code()));
        Ownership ownership = proven.ownership();

        assertThat(sent.sent()).isTrue();
        assertThat(sent.nextCode()).isEqualTo(Duration.ofSeconds(60));
        assertThat(good(verifier.phone.keys()).signing())
                .isEqualTo(verifier.keys.pinned().signing());
        assertThat(ownership.judge(verifier.keys.pinned().signing(), ACCOUNT, NONCE, verifier.clock.instant()))
                .isEqualTo(new OwnershipVerdict.Holds(ownership.tag(), ACCOUNT));
        assertThat(ownership.expires()).isEqualTo(Instant.parse("2026-11-28T12:10:00Z"));
        assertThat(problem(verifier.phone.state(opened.id())).type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(again(verifier)).isEqualTo(ownership.tag());
    }

    /** Another session of the same number, a minute later: the same tag. */
    private Object again(Installed asked) throws Exception {
        asked.clock.advance(Duration.ofSeconds(60));
        SessionId id = good(asked.phone.open(asked.sealed(NUMBER))).id();
        good(asked.phone.requestCode(id));
        return good(asked.phone.submit(id, code())).ownership().tag();
    }

    @Test
    void asksTwoTaggersThatShareAKey() throws Exception {
        Object whole = again(verifier);
        SecretKey one = SecretKey.draw(new Random(2));
        SecretKey other = key.minus(one).orElseThrow();
        PinnedKey pinned = tagger.pinned();
        try (LoopbackTagger first = new LoopbackTagger(one);
                LoopbackTagger second = new LoopbackTagger(other);
                Installed split = new Installed(centre, pinned, first, second)) {
            assertThat(again(split)).isEqualTo(whole);
        }
    }

    @Test
    void refusesAWrongCodeAndSaysWhatElseCanBeDone() throws Exception {
        SessionId id = good(verifier.phone.open(verifier.sealed(NUMBER))).id();
        assertThat(problem(verifier.phone.submit(id, "123456")).type()).isEqualTo(ProblemType.OUT_OF_TURN);
        good(verifier.phone.requestCode(id));
        String code = code();

        assertThat(problem(verifier.phone.submit(id, code.equals("123456") ? "123457" : "123456")))
                .isEqualTo(Problem.of(ProblemType.WRONG_CODE)
                        .withLimit(4)
                        .withAlternatives(Alternative.SUBMIT_CODE, Alternative.REQUEST_CODE));
        assertThat(problem(verifier.phone.requestCode(id)).type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(good(verifier.phone.submit(id, code)).ownership().account()).isEqualTo(ACCOUNT);
    }

    @Test
    void keepsTheCodeGoodWhileNoTaggerAnswers() throws Exception {
        SessionId id = good(verifier.phone.open(verifier.sealed(NUMBER))).id();
        good(verifier.phone.requestCode(id));
        String code = code();
        tagger.close();

        Problem problem = problem(verifier.phone.submit(id, code));

        assertThat(problem.type()).isEqualTo(ProblemType.TAGGER_UNAVAILABLE);
        assertThat(problem.alternatives()).containsExactly(Alternative.SUBMIT_CODE);
        assertThat(good(verifier.phone.state(id)).tries()).isEqualTo(5);
    }

    @Test
    void saysThatNoSmsCanBeSent() throws Exception {
        verifier.close();
        centre.close();
        verifier = new Installed(centre, tagger.pinned(), tagger);
        SessionId id = good(verifier.phone.open(verifier.sealed(NUMBER))).id();

        Problem problem = problem(verifier.phone.requestCode(id));

        assertThat(problem)
                .isEqualTo(Problem.of(ProblemType.SMS_UNAVAILABLE)
                        .withRetryAfter(Duration.ofSeconds(5))
                        .withAlternatives(Alternative.REQUEST_CODE));
        assertThat(good(verifier.phone.state(id)).sent()).isFalse();
    }

    @Test
    void opensNothingThatIsNotSealedToIt() throws Exception {
        OpenSession good = verifier.sealed(NUMBER);
        byte[] changed = good.sealed().toBytes();
        changed[3] ^= 1;

        assertThat(problem(verifier.phone.open(new OpenSession(good.encapsulated(), Opaque.wrap(changed)))))
                .isEqualTo(Problem.of(ProblemType.NOT_SEALED));
    }

    @Test
    void refusesWhatItDoesNotHave() throws Exception {
        String session = "/v1/sessions/" + "A".repeat(22);
        assertThat(status("GET", session, "")).isEqualTo(404);
        assertThat(status("POST", session + "/code", "")).isEqualTo(404);
        assertThat(status("PUT", session + "/code", "{\"code\":\"000000\"}")).isEqualTo(404);
        assertThat(status("GET", "/v1/sessions/" + "A".repeat(21) + "B", "")).isEqualTo(404);
        assertThat(status("GET", "/v1/sessions/" + NUMBER, "")).isEqualTo(404);
        assertThat(status("DELETE", session, "")).isEqualTo(405);
        assertThat(status("DELETE", session + "/code", "")).isEqualTo(405);
        assertThat(status("GET", "/v1/sessions", "")).isEqualTo(405);
        assertThat(status("POST", "/v1/key", "")).isEqualTo(405);
        assertThat(status("PUT", session + "/code", "{\"code\":\"12345\"}")).isEqualTo(400);
        assertThat(status("POST", "/v1/sessions", "{\"number\":\"" + NUMBER + "\"}"))
                .isEqualTo(400);
    }

    /** At any level, of ours and of the libraries. */
    @Test
    void leavesNeitherNumberNorCodeInALogOrAnAnswer() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        List<String> secrets = new ArrayList<>(List.of(NUMBER.substring(1)));
        try {
            SessionId id = good(verifier.phone.open(verifier.sealed(NUMBER))).id();
            good(verifier.phone.requestCode(id));
            secrets.add(code());
            Proven proven = good(verifier.phone.submit(id, secrets.get(1)));
            secrets.add(proven.ownership().tag().toText());
            secrets.add(proven.permit().pseudonym().toText());
            assertThat(body("POST", "/v1/sessions", "{\"number\":\"" + NUMBER + "\"}"))
                    .doesNotContain(secrets);
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list).isNotEmpty();
        assertThat(log.list)
                .allSatisfy(line -> assertThat(line.getFormattedMessage()
                                + (line.getThrowableProxy() == null
                                        ? ""
                                        : line.getThrowableProxy().getMessage()))
                        .doesNotContain(secrets));
    }

    private String code() throws InterruptedException {
        SubmitSm sms = Objects.requireNonNull(centre.taken.poll(10, TimeUnit.SECONDS), "no SMS came");
        assertThat(sms.getDestAddress()).isEqualTo(NUMBER.substring(1));
        return new String(sms.getShortMessage(), StandardCharsets.US_ASCII).substring(0, 6);
    }

    private int status(String method, String path, String body) throws Exception {
        return send(method, path, body).statusCode();
    }

    private String body(String method, String path, String body) throws Exception {
        return send(method, path, body).body();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(verifier.address + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
