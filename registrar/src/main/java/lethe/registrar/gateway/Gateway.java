package lethe.registrar.gateway;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.client.sealing.SmsContent;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.GatewayBodies.GatewayKeys;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.GatewayBodies.SmsTaken;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.sms.CentreSettings;
import lethe.registrar.sms.DeliveryReport;
import lethe.registrar.sms.ReportReceiver;
import lethe.registrar.sms.SmsCentre;

/** Takes capsules, has them sent, and knows what became of them. Safe for use by many threads. */
final class Gateway implements AutoCloseable {
    /** How long after it was taken an SMS has ended, at most. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final int REFERENCES = 1 << 16;
    private static final int PAGE = 256;
    private static final int LISTENERS = 4;
    private static final int RUN = 8;

    private final GatewayKeyring keys;
    private final GatewaySettings settings;
    private final Routes routes;
    private final Wordings wordings;
    private final Traffic traffic;
    private final Book book;
    private final Outbox outbox;
    private final RandomGenerator random;
    private final Clock clock;
    private final int most;
    private final int mostOver;
    private final String run;
    private final Semaphore listeners = new Semaphore(LISTENERS);
    private final Map<MessageId, Job> jobs = new ConcurrentHashMap<>();
    private final AtomicLong garbled = new AtomicLong();
    private final AtomicLong replies = new AtomicLong();

    /** Whether a capsule is taken. */
    sealed interface Taking {
        record Taken(SmsTaken answer) implements Taking {}

        record Refused(Problem problem) implements Taking {}
    }

    /** How a centre is reached. */
    interface Starting {
        SmsCentre start(CentreSettings settings, ReportReceiver receiver);
    }

    Gateway(
            GatewayKeyring keys,
            GatewaySettings settings,
            GatewayLimits limits,
            Book book,
            Starting starting,
            RandomGenerator random,
            Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.routes = new Routes(settings.routes());
        this.wordings = new Wordings(settings);
        this.traffic = new Traffic(settings.costs(), settings.suspicion(), random);
        this.book = book;
        this.random = random;
        this.clock = clock;
        this.most = limits.sms();
        this.mostOver = limits.remembered();
        byte[] drawn = new byte[RUN];
        random.nextBytes(drawn);
        this.run = HexFormat.of().formatHex(drawn);
        Map<String, SmsCentre> centres = new HashMap<>();
        settings.centres().forEach((name, centre) -> centres.put(name, starting.start(centre, new Receiver(name))));
        this.outbox = new Outbox(book, wordings, centres, this::ended, clock);
    }

    GatewayKeys keys() {
        return new GatewayKeys(keys.pinned().bytes());
    }

    /** Takes a capsule for a message, once. */
    Taking send(MessageId id, SendSms sms) throws IOException {
        Instant now = clock.instant();
        Optional<GatewayOpeningKey> key = keys.namedBy(sms.capsule());
        if (key.isEmpty()) {
            return refused(Problem.of(ProblemType.NOT_SEALED, "to no key of this gateway"));
        }
        Opaque digest = digest(sms.capsule());
        Ledger.Known known = book.find(id, digest);
        if (!(known instanceof Ledger.Known.Free)) {
            return again(id, known, sms);
        }
        if (book.size() >= most || book.sizeOver() >= mostOver) {
            return refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(SOON));
        }
        Optional<SmsContent> opened = key.get().open(sms.capsule(), id);
        if (opened.isEmpty()) {
            return refused(Problem.of(ProblemType.NOT_SEALED, "for another message, or forged"));
        }
        SmsContent content = opened.get();
        try {
            return send(id, sms, digest, key.get(), content, now);
        } finally {
            content.number().wipe();
        }
    }

    private Taking again(MessageId id, Ledger.Known known, SendSms sms) {
        if (known instanceof Ledger.Known.Same same) {
            book.tellAgain(id, sms.label());
            return new Taking.Taken(new SmsTaken(same.until()));
        }
        return refused(Problem.of(ProblemType.ID_REUSED));
    }

    private Taking send(
            MessageId id, SendSms sms, Opaque digest, GatewayOpeningKey key, SmsContent content, Instant now)
            throws IOException {
        Instant expires = earlier(
                earlier(sms.expires(), content.expires()), now.plus(LONGEST).minus(settings.grace()));
        if (!now.isBefore(expires)) {
            return refused(Problem.of(ProblemType.GONE, "it has expired"));
        }
        Optional<Route> route = routes.find(content.number());
        if (route.isEmpty()) {
            return refused(notNow());
        }
        int parts = wordings.count(content, route.get());
        int allowed = Math.min(settings.mostParts(), content.mostParts());
        if (parts > allowed) {
            return refused(Problem.of(ProblemType.TOO_LARGE, "more parts than it may have")
                    .withLimit(allowed));
        }
        Optional<Traffic.Objection> objection =
                traffic.object(sms.subscriber(), route.get(), content.number(), parts, now);
        if (objection.isPresent()) {
            return refused(
                    objection.get() == Traffic.Objection.SUBSCRIBER
                            ? Problem.of(ProblemType.TOO_MANY_REQUESTS)
                                    .withRetryAfter(traffic.untilNextDay(sms.subscriber(), now))
                            : notNow());
        }
        Instant until = expires.plus(settings.grace());
        Ledger.Known known = book.accept(new LedgerEvent.Accepted(id, digest, expires, until, sms.label()));
        if (!(known instanceof Ledger.Known.Free)) {
            return again(id, known, sms);
        }
        Job job = new Job(id, sms.capsule(), key, expires, route.get(), random.nextInt(REFERENCES));
        jobs.put(id, job);
        outbox.send(job);
        return new Taking.Taken(new SmsTaken(until));
    }

    /** One answer for all that hangs on the number. */
    private static Problem notNow() {
        return Problem.of(ProblemType.SMS_UNAVAILABLE).withRetryAfter(LATER);
    }

    private static Taking refused(Problem problem) {
        return new Taking.Refused(problem);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Opaque digest(Opaque capsule) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(capsule.shared());
            return Opaque.wrap(Arrays.copyOf(hash, LedgerCode.DIGEST));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /**
     * Reports that nobody has acknowledged; waits for some if there are none.
     *
     * @param after what an answer called {@code next}; all else stands for the beginning
     * @return empty if too many wait already
     */
    Optional<SmsReports> reports(String after, Duration wait) throws IOException {
        if (!listeners.tryAcquire()) {
            return Optional.empty();
        }
        try {
            Ledger.Page page = book.reports(number(after), PAGE, wait);
            return Optional.of(new SmsReports(page.reports(), run + "." + page.last()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            listeners.release();
        }
    }

    private long number(String next) {
        String ofThisRun = run + ".";
        return next.startsWith(ofThisRun) && next.substring(ofThisRun.length()).matches("[0-9]{1,18}")
                ? Long.parseLong(next.substring(ofThisRun.length()))
                : 0;
    }

    /**
     * Forgets reports.
     *
     * @param through what the answer that they came with called {@code next}, if they must be of it or of one before:
     *     none is if that was another run; empty for all
     */
    void acknowledge(List<MessageId> ids, Optional<String> through) throws IOException {
        book.acknowledge(ids, through.map(this::number).orElse(Long.MAX_VALUE));
    }

    /** Ends what is due and forgets what is over; to be called every second. */
    void sweep() throws IOException {
        for (LedgerEvent event : book.sweep()) {
            Job job = jobs.get(event.id());
            if (job != null && event instanceof LedgerEvent.Ended ended) {
                ended(job, ended.end());
            }
        }
        jobs.keySet().removeIf(id -> !book.isOpen(id));
    }

    /** Destroys what was forgotten; to be called every few minutes. */
    void replaceKey() throws IOException {
        book.replaceKey();
    }

    private void ended(Job job, SmsEnd end) {
        jobs.remove(job.id);
        traffic.ended(job.route, end == SmsEnd.DELIVERED, clock.instant());
    }

    /** What an operator should know since it was asked last, in words, of no number; empty if that is nothing. */
    Optional<String> told() {
        String refused = traffic.told().map(told -> "not sent: " + told + "; ").orElse("");
        long unread = garbled.getAndSet(0);
        long texts = replies.getAndSet(0);
        String told = refused
                + (unread > 0 ? unread + " reports that cannot be read; " : "")
                + (texts > 0 ? texts + " replies, refused; " : "");
        return told.isEmpty() ? Optional.empty() : Optional.of(told.substring(0, told.length() - 2));
    }

    @Override
    public void close() throws IOException {
        outbox.close();
        book.close();
    }

    /** Hears of one centre's SMS. */
    private final class Receiver implements ReportReceiver {
        private final String centre;

        Receiver(String centre) {
            this.centre = centre;
        }

        @Override
        public boolean report(DeliveryReport report) {
            if (report.state() == DeliveryReport.State.OPEN) {
                return true;
            }
            boolean delivered = report.state() == DeliveryReport.State.DELIVERED;
            try {
                book.hear(centre, report.key(), delivered).ifPresent(ended -> {
                    Job job = jobs.get(ended.id());
                    if (job != null) {
                        ended(job, ended.end());
                    }
                });
                return true;
            } catch (IOException journal) {
                return false;
            }
        }

        @Override
        public void garbled() {
            garbled.incrementAndGet();
        }

        @Override
        public void text() {
            replies.incrementAndGet();
        }
    }
}
