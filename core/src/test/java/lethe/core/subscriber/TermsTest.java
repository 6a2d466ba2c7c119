package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import lethe.core.subscriber.Terms.Offer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

class TermsTest {
    private static final Instant NOW = Samples.START;
    private static final Duration LIFETIME = Duration.ofDays(3);
    private static final Duration FLEETING = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Random random = new Random(1);
    private final Terms terms = new Terms(100, LIFETIME, FLEETING, DEADLINE);
    private final MessageId id = Samples.messageId(random);
    private final Opaque body = Samples.opaque(random, 10);

    private Offer judge(@Nullable Duration ttl, @Nullable Duration deadline, @Nullable Fallback fallback) {
        return terms.judge(id, body, ttl, null, deadline, fallback, null, NOW);
    }

    private static Envelope envelope(Offer offer) {
        assertThat(offer).isInstanceOf(Offer.Acceptable.class);
        return ((Offer.Acceptable) offer).envelope();
    }

    private static Problem problem(Offer offer) {
        assertThat(offer).isInstanceOf(Offer.Unacceptable.class);
        return ((Offer.Unacceptable) offer).problem();
    }

    @Test
    void grantWhatIsAskedForAndNoMoreThanTheLongestLifetime() {
        assertThat(envelope(judge(null, null, null)).expires()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(envelope(judge(MILLI, null, null)).expires()).isEqualTo(NOW.plus(MILLI));
        assertThat(envelope(judge(LIFETIME, null, null)).expires()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(envelope(judge(LIFETIME.plus(MILLI), null, null)).expires()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(envelope(judge(FOREVER, null, null)).expires()).isEqualTo(NOW.plus(LIFETIME));
    }

    @Test
    void letAMessageForNowOrNeverLiveForAMoment() {
        assertThat(envelope(judge(Duration.ZERO, null, null)).expires()).isEqualTo(NOW.plus(FLEETING));
    }

    @Test
    void refuseALifetimeThatEndedBeforeItBegan() {
        assertThat(problem(judge(MILLI.negated(), null, null)).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takeBodiesUpToTheirBound() {
        assertThat(terms.judge(id, Samples.opaque(random, 100), null, null, null, null, null, NOW))
                .isInstanceOf(Offer.Acceptable.class);
        assertThat(problem(terms.judge(id, Samples.opaque(random, 101), null, null, null, null, null, NOW)))
                .isEqualTo(Problem.of(ProblemType.TOO_LARGE).withLimit(100));
        assertThat(problem(terms.judge(id, Opaque.empty(), null, null, null, null, null, NOW))
                        .type())
                .isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void keepTheUrgencyAndTakeItForNormalIfThereIsNone() {
        assertThat(envelope(judge(null, null, null)).urgency()).isEqualTo(Urgency.NORMAL);
        assertThat(envelope(terms.judge(id, body, null, Urgency.HIGH, null, null, null, NOW))
                        .urgency())
                .isEqualTo(Urgency.HIGH);
    }

    @Test
    void giveIpUntilTheDeadlineOnlyIfThereIsAFallback() {
        assertThat(envelope(judge(null, Duration.ofSeconds(5), Fallback.DEVICE)).deadline())
                .isEqualTo(NOW.plusSeconds(5));
        assertThat(envelope(judge(null, null, Fallback.DEVICE)).deadline()).isEqualTo(NOW.plus(DEADLINE));
        assertThat(envelope(judge(null, null, Fallback.NONE)).deadline()).isEqualTo(NOW.plus(LIFETIME));
        assertThat(problem(judge(null, DEADLINE, null)).type()).isEqualTo(ProblemType.MALFORMED);
        assertThat(problem(judge(null, DEADLINE, Fallback.NONE)).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takeDeadlinesFromOneSecondToOneDay() {
        Duration second = Duration.ofSeconds(1);

        assertThat(judge(null, second, Fallback.DEVICE)).isInstanceOf(Offer.Acceptable.class);
        assertThat(judge(null, DAY, Fallback.DEVICE)).isInstanceOf(Offer.Acceptable.class);
        assertThat(judge(null, second.minus(MILLI), Fallback.DEVICE)).isInstanceOf(Offer.Unacceptable.class);
        assertThat(judge(null, DAY.plus(MILLI), Fallback.DEVICE)).isInstanceOf(Offer.Unacceptable.class);
        assertThat(judge(null, second.negated(), Fallback.DEVICE)).isInstanceOf(Offer.Unacceptable.class);
        assertThat(judge(null, FOREVER, Fallback.DEVICE)).isInstanceOf(Offer.Unacceptable.class);
    }

    @Test
    void takeADeadlineUpToTheEndOfTheLifetime() {
        assertThat(judge(DEADLINE, DEADLINE, Fallback.DEVICE)).isInstanceOf(Offer.Acceptable.class);
        assertThat(judge(DEADLINE.minus(MILLI), DEADLINE, Fallback.DEVICE)).isInstanceOf(Offer.Unacceptable.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"GATEWAY", "NOTICE"})
    void refuseWhatAGatewayWouldHaveToSendAndSayThatThereIsNone(Fallback fallback) {
        Opaque capsule = Samples.opaque(random, 320);

        assertThat(byGateway(null, DEADLINE, fallback, capsule)).isEqualTo(Problem.of(ProblemType.NO_GATEWAY));
        assertThat(byGateway(null, null, fallback, capsule)).isEqualTo(Problem.of(ProblemType.NO_GATEWAY));
        assertThat(byGateway(null, null, fallback, null).type()).isEqualTo(ProblemType.MALFORMED);
        assertThat(byGateway(null, MILLI, fallback, capsule).type()).isEqualTo(ProblemType.MALFORMED);
        assertThat(byGateway(MILLI, DEADLINE, fallback, capsule).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"NONE", "DEVICE"})
    void takeNoCapsuleThatNobodyWouldSend(@Nullable Fallback fallback) {
        assertThat(byGateway(null, null, fallback, Samples.opaque(random, 320)).type())
                .isEqualTo(ProblemType.MALFORMED);
    }

    private Problem byGateway(
            @Nullable Duration ttl,
            @Nullable Duration deadline,
            @Nullable Fallback fallback,
            @Nullable Opaque capsule) {
        return problem(terms.judge(id, body, ttl, null, deadline, fallback, capsule, NOW));
    }

    @Test
    void doNotContradictThemselves() {
        assertThatThrownBy(() -> new Terms(0, LIFETIME, FLEETING, DEADLINE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, LIFETIME, Duration.ZERO, DEADLINE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, LIFETIME, MILLI.negated(), DEADLINE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, LIFETIME, LIFETIME.plus(MILLI), DEADLINE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, LIFETIME, FLEETING, MILLI)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, LIFETIME, FLEETING, DAY.plus(MILLI)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(1, DEADLINE.minus(MILLI), FLEETING, DEADLINE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
