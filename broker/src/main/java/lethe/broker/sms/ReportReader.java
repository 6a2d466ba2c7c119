package lethe.broker.sms;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.SmsEnd;

/**
 * Reads what became of SMS, on one node of the cluster: tells each recipient, and has the gateway forget what is
 * durable. What could not be told is read again, from the beginning. Two of them do the work twice.
 */
public final class ReportReader extends AbstractBehavior<ReportReader.Command> {
    /** How many may be told, or acknowledged, at a time; more are not read. */
    private static final int MOST_UNDER_WAY = 2048;

    /** The most that an answer has. */
    private static final int PAGE = 1000;

    private static final int MOST_ACKNOWLEDGED = 1000;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** While something is under way: it may have to be read again soon. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration ANEW = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final TimerScheduler<Command> timers;
    private final ReportSource source;
    private final SmsNames names;
    private final SmsRecipients recipients;
    private final SmsCounts counts;
    private final Clock clock;

    private final Set<Report> underWay = new HashSet<>();

    /** Of them, those to be acknowledged, oldest first. */
    private final Set<Report> durable = new LinkedHashSet<>();

    private String after = "";
    private Duration pause = FIRST_PAUSE;
    private boolean reading;
    private boolean acknowledging;
    private boolean missed;
    private boolean anew;
    private boolean warned;

    /**
     * A report as it is acknowledged.
     *
     * @param through what its answer called {@code next}, of one that may have a later one: after {@code unsent} the
     *     SMS is put again
     */
    private record Report(MessageId id, SmsEnd end, Optional<String> through) {
        static Report of(SmsReport report, String next) {
            boolean last = report.state() != SmsEnd.UNSENT;
            return new Report(report.id(), report.state(), last ? Optional.empty() : Optional.of(next));
        }

        @Override
        public String toString() {
            return "Report[***]";
        }
    }

    /**
     * Lets this node take its turn.
     *
     * @param counts what this node's reader counts
     */
    public static void start(
            ActorSystem<?> system,
            ReportSource source,
            SmsNames names,
            SmsRecipients recipients,
            SmsCounts counts,
            Clock clock) {
        Behavior<Command> reader = Behaviors.supervise(create(source, names, recipients, counts, clock))
                .onFailure(SupervisorStrategy.restart());
        ClusterSingleton.get(system).init(SingletonActor.of(reader, "sms-report-reader"));
    }

    /** One that reads by itself, whoever else does. */
    public static Behavior<Command> create(
            ReportSource source, SmsNames names, SmsRecipients recipients, SmsCounts counts, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.getSelf().tell(Turn.READ);
            return new ReportReader(context, timers, source, names, recipients, counts, clock);
        }));
    }

    private ReportReader(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ReportSource source,
            SmsNames names,
            SmsRecipients recipients,
            SmsCounts counts,
            Clock clock) {
        super(context);
        this.timers = timers;
        this.source = source;
        this.names = names;
        this.recipients = recipients;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Turn.READ, this::read)
                .onMessageEquals(Turn.READ_ANEW, this::readAnew)
                .onMessageEquals(Turn.ACKNOWLEDGE, this::acknowledge)
                .onMessage(Read.class, this::onRead)
                .onMessage(Told.class, this::onTold)
                .onMessage(Acknowledged.class, this::onAcknowledged)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> read() {
        if (!reading && underWay.size() + PAGE <= MOST_UNDER_WAY) {
            reading = true;
            if (anew) {
                anew = false;
                missed = false;
                after = "";
            }
            Duration wait = underWay.isEmpty() && !missed ? LONG : SHORT;
            getContext()
                    .pipeToSelf(
                            source.reports(after, wait),
                            (page, failure) -> new Read(page == null ? Optional.empty() : page));
        }
        return this;
    }

    /** From now on; what is being read goes on from where it was. */
    private Behavior<Command> readAnew() {
        anew = true;
        return this;
    }

    private Behavior<Command> onRead(Read read) {
        reading = false;
        if (read.page().isEmpty()) {
            if (pause.equals(FIRST_PAUSE)) {
                getContext().getLog().warn("the gateway does not say what became of SMS; it is asked again");
            }
            timers.startSingleTimer(Turn.READ, pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            return this;
        }
        pause = FIRST_PAUSE;
        counts.read(clock.instant());
        SmsReports page = read.page().get();
        page.reports().forEach(report -> handOver(report, page.next()));
        after = page.next();
        acknowledge();
        return read();
    }

    private void handOver(SmsReport told, String next) {
        Report report = Report.of(told, next);
        if (!underWay.add(report)) {
            return;
        }
        Optional<SubscriberId> recipient =
                Optional.ofNullable(told.label()).flatMap(label -> names.recipient(told.id(), label));
        if (recipient.isEmpty()) {
            dropUnreadable(report);
            return;
        }
        getContext()
                .pipeToSelf(
                        recipients.report(recipient.get(), told.id(), told.state()),
                        (done, failure) -> new Told(report, done != null));
    }

    /** Nobody will ever know whose it is: kept, it would be read again for a day, and take others' place. */
    private void dropUnreadable(Report report) {
        counts.add(ReportOutcome.UNREADABLE);
        durable.add(report);
        if (!warned) {
            warned = true;
            getContext()
                    .getLog()
                    .warn("the gateway has reports that are not of this installation's SMS; they are dropped."
                            + " Does another one use it, or has lethe.identity.key-file changed?");
        }
    }

    private Behavior<Command> onTold(Told told) {
        Report report = told.report();
        if (told.durable()) {
            counts.add(ReportOutcome.of(report.end()));
            durable.add(report);
            return acknowledge();
        }
        underWay.remove(report);
        if (!missed) {
            missed = true;
            timers.startSingleTimer(Turn.READ_ANEW, ANEW);
        }
        return goOn();
    }

    /** Not before a pause is over. */
    private Behavior<Command> goOn() {
        return timers.isTimerActive(Turn.READ) ? this : read();
    }

    /** As many as one request may name; those that are durable meanwhile are in the next one. */
    private Behavior<Command> acknowledge() {
        if (!acknowledging && !durable.isEmpty()) {
            acknowledging = true;
            Optional<String> through = durable.iterator().next().through();
            List<Report> batch = durable.stream()
                    .filter(report -> report.through().equals(through))
                    .limit(MOST_ACKNOWLEDGED)
                    .toList();
            List<MessageId> ids = batch.stream().map(Report::id).distinct().toList();
            getContext()
                    .pipeToSelf(
                            source.acknowledge(ids, through),
                            (good, failure) -> new Acknowledged(batch, good != null && good));
        }
        return this;
    }

    private Behavior<Command> onAcknowledged(Acknowledged acknowledged) {
        acknowledging = false;
        if (!acknowledged.good()) {
            timers.startSingleTimer(Turn.ACKNOWLEDGE, FIRST_PAUSE);
            return this;
        }
        acknowledged.reports().forEach(report -> {
            durable.remove(report);
            underWay.remove(report);
        });
        acknowledge();
        return goOn();
    }

    private Behavior<Command> onStopped() {
        counts.forgetReading();
        return this;
    }

    /** What a reader is told. */
    public sealed interface Command {}

    private enum Turn implements Command {
        READ,
        READ_ANEW,
        ACKNOWLEDGE
    }

    /**
     * The gateway was asked.
     *
     * @param page empty if it has not answered
     */
    private record Read(Optional<SmsReports> page) implements Command {
        @Override
        public String toString() {
            return "Read[***]";
        }
    }

    /**
     * The recipient was told.
     *
     * @param durable whether nobody has to be told any more
     */
    private record Told(Report report, boolean durable) implements Command {}

    /** The gateway was told to forget some. */
    private record Acknowledged(List<Report> reports, boolean good) implements Command {}
}
