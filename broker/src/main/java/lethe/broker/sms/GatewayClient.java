package lethe.broker.sms;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.GatewayBodies.SmsTaken;
import lethe.core.protocol.Problem;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * A gateway's resources, over HTTP (gateway.yaml). Puts take turns, and are answered within twice
 * {@link GatewaySettings#answerWithin}; reports are read beside them.
 *
 * <p>Safe for use by many threads.
 */
public final class GatewayClient implements SmsGateway, ReportSource {
    private static final int MOST_BYTES = 1 << 14;
    private static final int MOST_REPORT_BYTES = 1 << 18;
    private static final int THREADS = 2;
    private static final Duration SOON = Duration.ofSeconds(1);

    /** So many who are told to come back do not do it at once. */
    private static final int SPREAD_MILLIS = 2000;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final GatewayHttp http;
    private final GatewaySettings settings;
    private final Turns turns;
    private final Absence absence = new Absence();
    private final SmsCounts counts;
    private final RandomGenerator random;
    private final Clock clock;

    private GatewayClient(
            GatewaySettings settings, Executor executor, SmsCounts counts, RandomGenerator random, Clock clock) {
        this.http = new GatewayHttp(settings, executor);
        this.settings = settings;
        this.turns = new Turns(settings.atOnce(), settings.waiting(), executor);
        this.counts = counts;
        this.random = random;
        this.clock = clock;
    }

    /**
     * For one gateway, which is asked for nothing yet.
     *
     * @param random spreads those who are told to come back
     * @throws IllegalArgumentException if its files cannot be read
     */
    public static GatewayClient of(GatewaySettings settings, SmsCounts counts, RandomGenerator random, Clock clock) {
        AtomicInteger number = new AtomicInteger();
        Executor executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "gateway-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        return new GatewayClient(settings, executor, counts, random, clock);
    }

    @Override
    public CompletionStage<SmsAnswer> put(MessageId id, SmsOrder order) {
        CompletableFuture<SmsAnswer> answer = new CompletableFuture<>();
        Instant asked = clock.instant();
        boolean room = turns.take(() -> attempt(id, order, asked).whenComplete((given, failure) -> {
            turns.over();
            answer.complete(given == null ? new SmsAnswer.Unanswered() : given);
        }));
        return room ? answer : CompletableFuture.completedFuture(heldBack());
    }

    private CompletionStage<SmsAnswer> attempt(MessageId id, SmsOrder order, Instant asked) {
        Instant now = clock.instant();
        Duration away = absence.left(now);
        if (!away.isZero()) {
            return CompletableFuture.completedFuture(away(away));
        }
        if (Duration.between(asked, now).compareTo(settings.answerWithin()) > 0) {
            return CompletableFuture.completedFuture(heldBack());
        }
        SendSms sms = new SendSms(order.capsule(), order.expires(), order.payer(), order.label());
        HttpRequest.Builder request = http.request("/v1/sms/" + id.toText())
                .PUT(BodyPublishers.ofByteArray(Payloads.encode(Encoding.CBOR, sms)));
        return http.send(request, MOST_BYTES, settings.answerWithin()).thenApply(this::answer);
    }

    private SmsAnswer answer(GatewayReply reply) {
        if (reply instanceof GatewayReply.NotSent) {
            Instant now = clock.instant();
            absence.noticed(now);
            return away(absence.left(now));
        }
        if (reply instanceof GatewayReply.Answer answer) {
            absence.over();
            return answer(answer);
        }
        return unanswered();
    }

    private SmsAnswer answer(GatewayReply.Answer answer) {
        Optional<SmsTaken> taken = answer.isGood() ? answer.read(SmsTaken.class) : Optional.empty();
        if (taken.isPresent()) {
            counts.add(PutOutcome.TAKEN);
            return new SmsAnswer.Taken(taken.get().until());
        }
        Optional<Problem> problem = answer.problem();
        if (problem.isEmpty()) {
            // Not a gateway's word: whatever stands in between, nobody knows what it did before it said that.
            return unanswered();
        }
        if (answer.retryAfter().isPresent()) {
            counts.add(PutOutcome.BUSY);
            return new SmsAnswer.Busy(bounded(answer.retryAfter().get()));
        }
        if (problem.get().type().retryable()) {
            return unanswered();
        }
        counts.add(PutOutcome.REFUSED);
        return new SmsAnswer.Refused();
    }

    private SmsAnswer unanswered() {
        counts.add(PutOutcome.UNANSWERED);
        return new SmsAnswer.Unanswered();
    }

    private SmsAnswer away(Duration left) {
        counts.add(PutOutcome.AWAY);
        return new SmsAnswer.Busy(bounded(left));
    }

    private SmsAnswer heldBack() {
        counts.add(PutOutcome.HELD_BACK);
        return new SmsAnswer.Busy(bounded(SOON));
    }

    private Duration bounded(Duration wait) {
        Duration longest = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return longest.plusMillis(random.nextInt(SPREAD_MILLIS));
    }

    @Override
    public CompletionStage<Optional<SmsReports>> reports(String after, Duration wait) {
        String target = "/v1/reports?wait=" + wait.toSeconds() + (after.isEmpty() ? "" : "&after=" + after);
        return http.send(
                        http.request(target).GET(),
                        MOST_REPORT_BYTES,
                        settings.answerWithin().plus(wait))
                .thenApply(reply -> reply instanceof GatewayReply.Answer answer && answer.isGood()
                        ? answer.read(SmsReports.class).filter(GatewayClient::canBeGoneOnFrom)
                        : Optional.empty());
    }

    private static boolean canBeGoneOnFrom(SmsReports page) {
        return page.next().matches("[a-z0-9.]{1,64}");
    }

    @Override
    public CompletionStage<Boolean> acknowledge(List<MessageId> ids, Optional<String> through) {
        HttpRequest.Builder request = http.request("/v1/reports/acks"
                        + through.map(next -> "?through=" + next).orElse(""))
                .POST(BodyPublishers.ofByteArray(Payloads.encode(Encoding.CBOR, new Ids(ids))));
        return http.send(request, MOST_REPORT_BYTES, settings.answerWithin())
                .thenApply(reply -> reply instanceof GatewayReply.Answer answer && answer.isGood());
    }

    @Override
    public String toString() {
        return "GatewayClient[***]";
    }
}
