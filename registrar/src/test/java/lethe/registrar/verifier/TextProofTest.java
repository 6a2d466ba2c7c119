package lethe.registrar.verifier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static lethe.registrar.verifier.Installed.ACCOUNT;
import static lethe.registrar.verifier.Installed.NONCE;
import static lethe.registrar.verifier.Installed.good;
import static lethe.registrar.verifier.Installed.problem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import lethe.core.ownership.OwnershipVerdict;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.oprf.SecretKey;
import lethe.registrar.Hands;
import lethe.registrar.sms.Centre;
import lethe.registrar.tagger.LoopbackTagger;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.TypeOfNumber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A phone texts to a short code; the centre tells the verifier, over SMPP; the phone has its statement. */
class TextProofTest {
    private static final String NUMBER = "+4915110000001";
    private static final String DIGITS = "4915110000001";
    private static final String CODE = "12345";
    private static final int ASCII = 1;
    private static final int UCS2 = 8;

    private Centre centre;
    private LoopbackTagger tagger;
    private Installed verifier;

    @BeforeEach
    void open() throws Exception {
        centre = new Centre();
        tagger = new LoopbackTagger(SecretKey.draw(new Random(1)));
        verifier = installed(CODE);
    }

    private Installed installed(@Nullable String shortCode) throws Exception {
        VerifierKeyring keys = VerifierKeyring.draw(new Random(5));
        Installed fresh = new Installed(keys, new Hands(), centre, shortCode, tagger.pinned(), tagger);
        centre.awaitBound();
        return fresh;
    }

    @AfterEach
    void close() throws Exception {
        verifier.close();
        tagger.close();
        centre.close();
    }

    @Test
    void provesTheNumberThatItComesFrom() throws Exception {
        Registration opened = opened();
        assertThat(opened.proven()).isFalse();
        assertThat(send(text(opened))).isZero();

        Registration proven = good(verifier.phone.state(opened.id()));
        Proven given = good(verifier.phone.claim(opened.id()));

        assertThat(proven.proven()).isTrue();
        assertThat(proven.sent()).isFalse();
        assertThat(given.ownership().judge(verifier.keys.pinned().signing(), ACCOUNT, NONCE, verifier.clock.instant()))
                .isEqualTo(new OwnershipVerdict.Holds(given.ownership().tag(), ACCOUNT));
        assertThat(given.permit().key()).isEqualTo(Installed.PERMIT_KEY.publicKey());
        assertThat(problem(verifier.phone.state(opened.id())).type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(problem(verifier.phone.claim(opened.id())).type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(centre.taken).isEmpty();
        assertThat(verifier.texts.told()).contains("1 proved a number");
        assertThat(verifier.texts.told()).isEmpty();
    }

    @Test
    void isReadInWhatHandsetsAndCentresMakeOfIt() throws Exception {
        Registration one = opened();
        assertThat(centre.deliver(
                        "+" + DIGITS,
                        TypeOfNumber.UNKNOWN,
                        CODE,
                        0,
                        0,
                        bytes(text(one).toLowerCase(Locale.ROOT))))
                .isZero();
        assertThat(good(verifier.phone.state(one.id())).proven()).isTrue();
        Registration other = opened();
        assertThat(centre.deliver(
                        DIGITS,
                        TypeOfNumber.INTERNATIONAL,
                        CODE,
                        0,
                        UCS2,
                        text(other).getBytes(UTF_16BE)))
                .isZero();
        assertThat(good(verifier.phone.state(other.id())).proven()).isTrue();
    }

    @Test
    void provesNothingForAnotherNumber() throws Exception {
        Registration opened = opened();

        assertThat(centre.deliver("4915110000002", TypeOfNumber.INTERNATIONAL, CODE, 0, ASCII, bytes(text(opened))))
                .isZero();

        assertThat(problem(verifier.phone.claim(opened.id())))
                .isEqualTo(Problem.of(ProblemType.OUT_OF_TURN)
                        .withAlternatives(Alternative.REQUEST_CODE, Alternative.SEND_TEXT));
        assertThat(verifier.texts.told()).contains("1 came from another number than their session's");
    }

    /** A national number may be another's elsewhere; a name is nobody's; parts and receipts are no texts. */
    @Test
    void provesNothingByWhatIsNoWholeTextFromAnInternationalNumberToTheShortCode() throws Exception {
        Registration opened = opened();
        byte[] text = bytes(text(opened));

        assertThat(centre.deliver(DIGITS, TypeOfNumber.NATIONAL, CODE, 0, ASCII, text))
                .isZero();
        assertThat(centre.deliver(DIGITS, TypeOfNumber.UNKNOWN, CODE, 0, ASCII, text))
                .isZero();
        assertThat(centre.deliver("Lethe", TypeOfNumber.ALPHANUMERIC, CODE, 0, ASCII, text))
                .isZero();
        assertThat(centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, "54321", 0, ASCII, text))
                .isZero();
        assertThat(centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, CODE, 0x04, ASCII, text))
                .isZero();
        assertThat(centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, CODE, 0x40, ASCII, text))
                .isZero();
        assertThat(centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, CODE, 0, 4, text))
                .isZero();

        assertThat(good(verifier.phone.state(opened.id())).proven()).isFalse();
        assertThat(verifier.texts.told()).contains("7 were no texts to the short code from an international number");
    }

    @Test
    void dropsTextsThatNameNoSession() throws Exception {
        assertThat(send("STOP")).isZero();
        assertThat(send("LETHE ABCDEFGHIJKL2345")).isZero();

        assertThat(verifier.texts.told()).contains("2 named no open session");
    }

    @Test
    void sendsBackWhatIsTooMuch() throws Exception {
        for (int text = 0; text < 600; text++) {
            assertThat(send("hello")).isZero();
        }
        Registration opened = opened();

        assertThat(send(text(opened))).isEqualTo(SMPPConstant.STAT_ESME_RTHROTTLED);
        assertThat(good(verifier.phone.state(opened.id())).proven()).isFalse();
        verifier.clock.advance(Duration.ofSeconds(60));
        assertThat(send(text(opened))).isZero();
        assertThat(good(verifier.phone.state(opened.id())).proven()).isTrue();
    }

    @Test
    void isNotOfferedWithoutAShortCode() throws Exception {
        verifier.close();
        centre.cut();
        verifier = installed(null);
        Registration opened = opened();

        assertThat(opened.text()).isNull();
        assertThat(send("LETHE ABCDEFGHIJKL2345")).isZero();
        assertThat(problem(verifier.phone.claim(opened.id())))
                .isEqualTo(Problem.of(ProblemType.OUT_OF_TURN).withAlternatives(Alternative.REQUEST_CODE));
    }

    @Test
    void staysProvenWhileNoTaggerAnswers() throws Exception {
        Registration opened = opened();
        assertThat(send(text(opened))).isZero();
        tagger.close();

        Problem problem = problem(verifier.phone.claim(opened.id()));

        assertThat(problem.type()).isEqualTo(ProblemType.TAGGER_UNAVAILABLE);
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(good(verifier.phone.state(opened.id())).proven()).isTrue();
    }

    /** At any level, of ours and of the libraries: neither what counts nor what is dropped. */
    @Test
    void leavesNothingInALog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Registration opened = opened();
        try {
            assertThat(send(text(opened))).isZero();
            assertThat(send("dear mother")).isZero();
            assertThat(centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, "54321", 0, ASCII, bytes("dear father")))
                    .isZero();
            good(verifier.phone.claim(opened.id()));
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list).isNotEmpty();
        assertThat(log.list)
                .allSatisfy(line ->
                        assertThat(line.getFormattedMessage()).doesNotContain(List.of(DIGITS, text(opened), "dear")));
    }

    private Registration opened() throws Exception {
        return good(verifier.phone.open(verifier.sealed(NUMBER)));
    }

    private static String text(Registration opened) {
        return Objects.requireNonNull(opened.text()).text();
    }

    private int send(String text) throws Exception {
        return centre.deliver(DIGITS, TypeOfNumber.INTERNATIONAL, CODE, 0, ASCII, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
