package lethe.broker.retention;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import lethe.persistence.audit.RetentionAuditor;
import lethe.persistence.audit.RetentionReport;
import org.jspecify.annotations.Nullable;

/** Audits the store from time to time, on one node of the cluster, and remembers the last report there. */
public final class Audit extends AbstractBehavior<Audit.Command> {
    /** When a node has just started it has better things to do. */
    private static final Duration LONGEST_FIRST_REST = Duration.ofMinutes(1);

    private final RetentionAuditor auditor;
    private final LastAudit last;
    private boolean busy;

    /**
     * Lets this node take its turn.
     *
     * @param every from the end of one audit to the next, or a little longer
     */
    public static LastAudit start(ActorSystem<?> system, RetentionAuditor auditor, Duration every) {
        LastAudit last = new LastAudit();
        Behavior<Command> audit =
                Behaviors.supervise(create(auditor, last, every)).onFailure(SupervisorStrategy.restart());
        ClusterSingleton.get(system).init(SingletonActor.of(audit, "retention-audit"));
        return last;
    }

    private static Behavior<Command> create(RetentionAuditor auditor, LastAudit last, Duration every) {
        Duration first = every.compareTo(LONGEST_FIRST_REST) < 0 ? every : LONGEST_FIRST_REST;
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.LOOK, first, every);
            return new Audit(context, auditor, last);
        }));
    }

    private Audit(ActorContext<Command> context, RetentionAuditor auditor, LastAudit last) {
        super(context);
        this.auditor = auditor;
        this.last = last;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> onLook())
                .onMessage(Audited.class, this::onAudited)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onLook() {
        if (!busy) {
            busy = true;
            getContext().pipeToSelf(auditor.audit(), (report, failure) -> new Audited(report));
        }
        return this;
    }

    private Behavior<Command> onAudited(Audited audited) {
        busy = false;
        RetentionReport report = audited.report();
        if (report == null) {
            getContext()
                    .getLog()
                    .warn("what is stored could not be counted; is the store reachable? It is tried again");
            return this;
        }
        last.report(report);
        if (report.overdue() > 0) {
            getContext()
                    .getLog()
                    .warn(
                            "{} rows are stored that should not be there any more; of which kind: lethe admin retention",
                            report.overdue());
        }
        return this;
    }

    private Behavior<Command> onStopped() {
        last.forget();
        return this;
    }

    /** What an auditor is told. */
    public sealed interface Command {}

    private enum Look implements Command {
        LOOK
    }

    /**
     * An audit is over.
     *
     * @param report null if it failed
     */
    private record Audited(@Nullable RetentionReport report) implements Command {}
}
