package lethe.registrar.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.identity.SessionId;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.TextToSend;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final String NUMBER = "+4915110000001";
    private static final Bounds USUAL = Bounds.usual();

    private final Sessions sessions = new Sessions(USUAL, new Random(1), null);

    @Test
    void provesANumberWithTheCodeThatWasSent() {
        Registration opened = opened(NUMBER, START);
        assertThat(opened.sent()).isFalse();
        assertThat(opened.tries()).isEqualTo(5);
        assertThat(opened.ends()).isEqualTo(Duration.ofMinutes(10));

        Sessions.Outgoing code = sent(opened.id(), START);
        SessionRequest proven = granted(sessions.submit(opened.id(), code.code(), START.plusSeconds(9)));

        assertThat(code.code()).matches("[0-9]{6}");
        assertThat(proven).isEqualTo(request(NUMBER));
    }

    @Test
    void givesOutCopiesThatAreWipedApart() {
        SessionRequest request = request(NUMBER);
        SessionId id = granted(sessions.open(request, START)).id();
        sent(id, START).number().wipe();
        assertThat(request.number()).isEqualTo(number(NUMBER));

        sessions.end(id);

        assertThat(request.number()).isNotEqualTo(number(NUMBER));
        assertThat(problem(sessions.state(id, START)).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void allowsFiveTries() {
        SessionId id = opened(NUMBER, START).id();
        String wrong = other(sent(id, START).code());
        for (int left = 4; left > 0; left--) {
            assertThat(problem(sessions.submit(id, wrong, START)))
                    .isEqualTo(Problem.of(ProblemType.WRONG_CODE)
                            .withLimit(left)
                            .withAlternatives(Alternative.SUBMIT_CODE, Alternative.REQUEST_CODE));
        }

        assertThat(problem(sessions.submit(id, wrong, START)))
                .isEqualTo(Problem.of(ProblemType.GONE).withAlternatives(Alternative.OPEN_SESSION));
        assertThat(problem(sessions.submit(id, wrong, START)).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void theLastTryIsAsGoodAsTheFirst() {
        SessionId id = opened(NUMBER, START).id();
        String code = sent(id, START).code();
        for (int i = 0; i < 4; i++) {
            assertThat(problem(sessions.submit(id, other(code), START)).type()).isEqualTo(ProblemType.WRONG_CODE);
        }

        assertThat(granted(sessions.submit(id, code, START))).isEqualTo(request(NUMBER));
    }

    @Test
    void forgetsAfterTenMinutes() {
        SessionRequest request = request(NUMBER);
        SessionId id = granted(sessions.open(request, START)).id();
        String code = sent(id, START).code();
        Instant end = START.plus(Duration.ofMinutes(10));

        assertThat(granted(sessions.state(id, end.minusMillis(1))).ends()).isEqualTo(Duration.ofMillis(1));
        assertThat(problem(sessions.submit(id, code, end)))
                .isEqualTo(Problem.of(ProblemType.NOT_FOUND).withAlternatives(Alternative.OPEN_SESSION));
        assertThat(request.number()).isNotEqualTo(number(NUMBER));
    }

    @Test
    void sendsOneSmsANumberAndMinuteWhateverTheSession() {
        SessionId one = opened(NUMBER, START).id();
        SessionId other = opened(NUMBER, START).id();
        String code = sent(one, START).code();

        assertThat(problem(sessions.requestCode(one, START.plusSeconds(20))))
                .isEqualTo(Problem.of(ProblemType.TOO_MANY_REQUESTS)
                        .withLimit(1)
                        .withRetryAfter(Duration.ofSeconds(40))
                        .withAlternatives(Alternative.SUBMIT_CODE));
        assertThat(problem(sessions.requestCode(other, START.plusSeconds(59))).alternatives())
                .containsExactly(Alternative.REQUEST_CODE);
        assertThat(granted(sessions.state(one, START.plusSeconds(20))).nextCode())
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(sent(one, START.plusSeconds(60)).code()).isEqualTo(code);
    }

    @Test
    void whatWasNotSentMayBeAskedForAtOnceAndDoesNotCount() {
        SessionId id = opened(NUMBER, START).id();
        Sessions.Outgoing code = sent(id, START);

        sessions.notSent(id, code, START);

        assertThat(problem(sessions.submit(id, code.code(), START)))
                .isEqualTo(Problem.of(ProblemType.OUT_OF_TURN).withAlternatives(Alternative.REQUEST_CODE));
        assertThat(sent(id, START).code()).isEqualTo(code.code());
    }

    @Test
    void opensThreeSessionsANumberAndHour() {
        opened(NUMBER, START);
        opened(NUMBER, START.plusSeconds(600));
        opened(NUMBER, START.plusSeconds(1200));

        assertThat(problem(sessions.open(request(NUMBER), START.plusSeconds(1800))))
                .isEqualTo(Problem.of(ProblemType.TOO_MANY_REQUESTS)
                        .withLimit(3)
                        .withRetryAfter(Duration.ofMinutes(30))
                        .withAlternatives(Alternative.SUBMIT_CODE));
        opened("+4915110000002", START.plusSeconds(1800));
        opened(NUMBER, START.plusSeconds(3600));
    }

    @Test
    void isBoundedInSessionsNumbersAndCodes() {
        Bounds small = new Bounds(
                2,
                3,
                USUAL.life(),
                5,
                USUAL.betweenCodes(),
                3,
                USUAL.memory(),
                1,
                600,
                USUAL.statement(),
                USUAL.permit());
        Sessions few = new Sessions(small, new Random(2), null);
        SessionId one = granted(few.open(request("+4915110000001"), START)).id();
        SessionId other = granted(few.open(request("+4915110000002"), START)).id();

        assertThat(problem(few.open(request("+4915110000003"), START)).type()).isEqualTo(ProblemType.OVERLOADED);
        granted(few.requestCode(one, START));
        assertThat(problem(few.requestCode(other, START.plusSeconds(30))))
                .isEqualTo(Problem.of(ProblemType.SMS_UNAVAILABLE)
                        .withRetryAfter(Duration.ofSeconds(30))
                        .withAlternatives(Alternative.REQUEST_CODE));
        granted(few.requestCode(other, START.plusSeconds(60)));
        few.end(one);
        few.end(other);
        few.end(granted(few.open(request("+4915110000003"), START)).id());
        Problem full = problem(few.open(request("+4915110000004"), START));
        assertThat(full.type()).isEqualTo(ProblemType.OVERLOADED);
        assertThat(full.retryAfter()).isNotNull();
        granted(few.open(request("+4915110000004"), START.plus(Duration.ofHours(2))));
    }

    @Test
    void forgetsWithoutBeingAsked() {
        opened(NUMBER, START);
        opened("+4915110000002", START.plusSeconds(1));

        sessions.forget(START.plus(USUAL.life()));

        assertThat(sessions.size()).isEqualTo(1);
    }

    @Test
    void doesNotPrint() {
        SessionId id = opened(NUMBER, START).id();
        assertThat(List.of(sent(id, START), granted(sessions.state(id, START)), VerifierKeyring.draw(new Random(3))))
                .extracting(Object::toString)
                .allSatisfy(text -> assertThat(text).endsWith("[***]"));
    }

    private Registration opened(String number, Instant now) {
        return granted(sessions.open(request(number), now));
    }

    private Sessions.Outgoing sent(SessionId id, Instant now) {
        return granted(sessions.requestCode(id, now));
    }

    private static String other(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private static <T> T granted(Decision<T> decision) {
        return ((Decision.Granted<T>) decision).value();
    }

    private static Problem problem(Decision<?> decision) {
        return ((Decision.Refused<?>) decision).problem();
    }

    private static PlainIdentifier number(String number) {
        return PlainIdentifier.of(Kind.NUMBER, number);
    }

    @Test
    void isProvenByATextFromItsNumber() {
        Sessions texting = new Sessions(USUAL, new Random(3), "12345");
        Registration opened = granted(texting.open(request(NUMBER), START));
        TextToSend text = Objects.requireNonNull(opened.text());

        assertThat(text.to()).isEqualTo("12345");
        assertThat(text.text()).matches("LETHE [A-Z2-7]{16}");
        assertThat(problem(texting.claim(opened.id(), START)))
                .isEqualTo(Problem.of(ProblemType.OUT_OF_TURN)
                        .withAlternatives(Alternative.REQUEST_CODE, Alternative.SEND_TEXT));
        assertThat(texting.hear(number(NUMBER), text.text(), START)).isEqualTo(Heard.PROVEN);
        assertThat(granted(texting.state(opened.id(), START)).proven()).isTrue();
        assertThat(granted(texting.claim(opened.id(), START))).isEqualTo(request(NUMBER));
        texting.end(opened.id());
        assertThat(texting.hear(number(NUMBER), text.text(), START)).isEqualTo(Heard.UNKNOWN);
    }

    @Test
    void isNotProvenByATextFromAnotherNumberOrAfterItsEnd() {
        Sessions texting = new Sessions(USUAL, new Random(3), "12345");
        Registration opened = granted(texting.open(request(NUMBER), START));
        String text = Objects.requireNonNull(opened.text()).text();

        assertThat(texting.hear(number("+4915110000002"), text, START)).isEqualTo(Heard.OTHER_SENDER);
        assertThat(texting.hear(number(NUMBER), text + "A", START)).isEqualTo(Heard.UNKNOWN);
        assertThat(granted(texting.state(opened.id(), START)).proven()).isFalse();
        assertThat(texting.hear(number(NUMBER), text, START.plusSeconds(600))).isEqualTo(Heard.UNKNOWN);
        assertThat(problem(texting.claim(opened.id(), START.plusSeconds(600))).type())
                .isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void namesTheTextInEveryRefusalOfASessionThatHasOne() {
        Sessions texting = new Sessions(USUAL, new Random(3), "12345");
        SessionId id = granted(texting.open(request(NUMBER), START)).id();

        assertThat(problem(texting.submit(id, "000000", START)).alternatives())
                .containsExactly(Alternative.REQUEST_CODE, Alternative.SEND_TEXT);
        Sessions.Outgoing code = granted(texting.requestCode(id, START));
        assertThat(problem(texting.requestCode(id, START)).alternatives())
                .containsExactly(Alternative.SUBMIT_CODE, Alternative.SEND_TEXT);
        assertThat(problem(texting.submit(id, code.code().equals("123456") ? "123457" : "123456", START))
                        .alternatives())
                .containsExactly(Alternative.SUBMIT_CODE, Alternative.REQUEST_CODE, Alternative.SEND_TEXT);
        assertThat(problem(texting.notSent(id, code, START)).alternatives())
                .containsExactly(Alternative.REQUEST_CODE, Alternative.SEND_TEXT);
        granted(texting.open(request(NUMBER), START));
        granted(texting.open(request(NUMBER), START));
        assertThat(problem(texting.open(request(NUMBER), START)).alternatives())
                .containsExactly(Alternative.SUBMIT_CODE, Alternative.SEND_TEXT);
    }

    @Test
    void looksAtSoManyTextsAMinute() {
        Sessions texting = new Sessions(USUAL, new Random(3), "12345");
        for (int text = 0; text < 600; text++) {
            assertThat(texting.hear(number(NUMBER), "hello", START)).isEqualTo(Heard.UNKNOWN);
        }

        assertThat(texting.hear(number(NUMBER), "hello", START.plusSeconds(59))).isEqualTo(Heard.TOO_MANY);
        assertThat(texting.hear(number(NUMBER), "hello", START.plusSeconds(60))).isEqualTo(Heard.UNKNOWN);
    }

    private static SessionRequest request(String number) {
        return new SessionRequest(
                number(number),
                new DeviceKey(Opaque.wrap(new byte[32])),
                new DeviceKey(Opaque.wrap(new byte[32])),
                Opaque.wrap(new byte[16]));
    }
}
