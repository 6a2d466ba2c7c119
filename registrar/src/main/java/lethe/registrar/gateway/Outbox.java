package lethe.registrar.gateway;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.client.sealing.SmsContent;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.sms.SmsCentre;
import lethe.registrar.sms.SmsCentre.Submission;
import lethe.registrar.sms.SmsPart;

/**
 * Sends what was taken: to the first bound centre of its route, as many at once as the centre's windows hold, later
 * when it is busy or away, and never after it has expired. A number is in clear from the opening of its capsule to the
 * centre's answer for its parts.
 *
 * <p>That an SMS may have been sent is durable before it is; so it is not sent again, whatever happens.
 */
final class Outbox implements AutoCloseable {
    private static final Duration AWAY = Duration.ofMillis(200);
    private static final Duration FULL = Duration.ofMillis(20);
    private static final Duration BROKEN = Duration.ofSeconds(1);

    private final Book book;
    private final Wordings wordings;
    private final Ends ends;
    private final Clock clock;
    private final Map<String, Line> lines = new HashMap<>();

    /** Is told what has ended. */
    interface Ends {
        /** It has ended: it arrived, or did not although it was sent. */
        void ended(Job job, SmsEnd end);
    }

    private record Line(SmsCentre centre, ScheduledThreadPoolExecutor threads, Pace pace) {}

    Outbox(Book book, Wordings wordings, Map<String, SmsCentre> centres, Ends ends, Clock clock) {
        this.book = book;
        this.wordings = wordings;
        this.ends = ends;
        this.clock = clock;
        centres.forEach((name, centre) ->
                lines.put(name, new Line(centre, threads(name, centre.window()), new Pace())));
    }

    private static ScheduledThreadPoolExecutor threads(String name, int window) {
        AtomicInteger number = new AtomicInteger();
        return new ScheduledThreadPoolExecutor(window, task -> {
            Thread thread = new Thread(task, "send-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Sends it as soon as it can. */
    void send(Job job) {
        String name = chosen(job);
        later(job, name, Duration.ZERO);
    }

    private String chosen(Job job) {
        String begun = job.centre;
        return begun != null
                ? begun
                : job.route.centres().stream()
                        .filter(name -> line(name).centre().isBound())
                        .findFirst()
                        .orElse(job.route.centres().get(0));
    }

    private Line line(String name) {
        return Objects.requireNonNull(lines.get(name));
    }

    private void later(Job job, String name, Duration wait) {
        try {
            var unused = line(name).threads().schedule(() -> run(job, name), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            // The next process says what became of it.
        }
    }

    private void run(Job job, String name) {
        try {
            Optional<Duration> again = attempt(job, name);
            again.ifPresent(wait ->
                    later(job, chosen(job), shorter(wait, Duration.between(clock.instant(), job.expires))));
        } catch (IOException journal) {
            // Nothing was sent that is not in the journal.
            later(job, name, BROKEN);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Sends what is left of it. Returns how long to wait before the rest is tried; empty if there is none. */
    private Optional<Duration> attempt(Job job, String name) throws IOException {
        Line line = line(name);
        Instant now = clock.instant();
        if (!book.isOpen(job.id)) {
            return Optional.empty();
        }
        if (!now.isBefore(job.expires)) {
            var unused = book.end(job.id, SmsEnd.FAILED);
            return Optional.empty();
        }
        if (!line.centre().isBound()) {
            return Optional.of(AWAY);
        }
        Duration busy = line.pace().left(now);
        if (!busy.isZero()) {
            return Optional.of(busy);
        }
        Optional<SmsContent> opened = job.key.open(job.capsule, job.id);
        if (opened.isEmpty()) {
            throw new IllegalStateException("a capsule opens a second time");
        }
        SmsContent content = opened.get();
        try {
            return parts(job, name, content);
        } finally {
            content.number().wipe();
        }
    }

    private Optional<Duration> parts(Job job, String name, SmsContent content) throws IOException {
        List<SmsPart> parts = wordings.parts(content, name, job.reference);
        if (job.centre == null) {
            book.add(new LedgerEvent.Begun(job.id, parts.size()));
            job.centre = name;
        }
        Line line = line(name);
        for (SmsPart part : new ArrayList<>(parts.subList(job.next - 1, parts.size()))) {
            Instant now = clock.instant();
            Submission submission = now.isBefore(job.expires)
                    ? line.centre().submit(content.number(), part, Duration.between(now, job.expires))
                    : new Submission.Refused();
            if (submission instanceof Submission.Taken taken) {
                line.pace().taken();
                note(job, part, name, taken.key());
            } else if (submission instanceof Submission.Refused) {
                end(job);
                return Optional.empty();
            } else if (!(submission instanceof Submission.Unclear)) {
                return Optional.of(pause(job, line, submission));
            }
            job.next = part.place() + 1;
        }
        return Optional.empty();
    }

    private void note(Job job, SmsPart part, String name, String key) {
        try {
            book.taken(new LedgerEvent.PartTaken(job.id, part.place(), name, key))
                    .ifPresent(ended -> ends.ended(job, ended.end()));
        } catch (IOException journal) {
            // It was sent, and nobody will know what became of it: unknown at its end, and not sent again.
        }
    }

    private void end(Job job) throws IOException {
        if (book.end(job.id, SmsEnd.FAILED)) {
            ends.ended(job, SmsEnd.FAILED);
        }
    }

    private Duration pause(Job job, Line line, Submission submission) throws IOException {
        if (job.next == 1) {
            book.note(new LedgerEvent.Paused(job.id));
            job.centre = null;
        }
        if (submission instanceof Submission.Busy) {
            Instant now = clock.instant();
            line.pace().busy(now);
            return line.pace().left(now);
        }
        return submission instanceof Submission.Away ? AWAY : FULL;
    }

    /** Gives answers that are on their way a moment. */
    @Override
    public void close() {
        lines.values().forEach(line -> {
            line.threads().getQueue().clear();
            line.threads().shutdown();
        });
        lines.values().forEach(line -> {
            try {
                line.threads().awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            line.centre().close();
        });
    }
}
