package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One measurement of too much: messages come at half of the rate that a broker sustains, then at twice that rate, then
 * at half of it again, whatever the broker does. What it refuses is counted and not sent again, so twice the rate stays
 * twice the rate.
 */
public final class OverloadRun {
    private static final double HALF = 0.5;
    private static final double TWICE = 2;

    /** The end of the overload: how long a broker needs to be its old self is of interest, and not counted. */
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    private final Target target;
    private final LoadPlan plan;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param plan with the rate that the broker sustains; 0 to find out in a closed loop first. {@code measure} is the
     *     time of each part
     * @param progress told in a line what happens
     */
    public OverloadRun(Target target, LoadPlan plan, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Measures once.
     *
     * @throws IOException if a connection fails: a broker that closes one for what others do is not in order
     */
    public OverloadReport run() throws IOException, InterruptedException {
        Descriptors.require(2 * plan.pairs());
        int sustained = plan.isOpen() ? plan.rate() : findOut();
        progress.accept("preparing " + plan.pairs() + " pairs");
        target.prepare(plan.pairs(), plan.payloadBytes());
        try (Swarm swarm = new Swarm(target, plan.atRate(sustained))) {
            progress.accept("connecting");
            swarm.connectRecipients();
            swarm.connectSenders();
            swarm.eachShard(shard -> shard.giveUpWhatIsRefused(true));
            progress.accept("warming up with half of " + sustained + " a second");
            Pacers pacers = Pacers.begin(swarm, HALF * sustained, plan.warmUp().dividedBy(2));
            swarm.pause(plan.warmUp());
            Part calm = part(swarm);
            pacers.stop();
            progress.accept("twice of it");
            pacers = Pacers.begin(swarm, TWICE * sustained, Duration.ZERO);
            Part overloaded = part(swarm);
            pacers.stop();
            progress.accept("half of it again");
            pacers = Pacers.begin(swarm, HALF * sustained, Duration.ZERO);
            swarm.pause(RECOVERY);
            Part recovered = part(swarm);
            pacers.stop();
            if (!swarm.await(Pair::isEmpty, plan.drain())) {
                progress.accept("not every message ended within " + plan.drain().toSeconds() + " s");
            }
            // Not before: of what was due in a part, some is only done now.
            return new OverloadReport(
                    target.name(),
                    target.version(),
                    plan,
                    sustained,
                    calm.reported(),
                    overloaded.reported(),
                    recovered.reported(),
                    swarm.tally());
        }
    }

    private int findOut() throws IOException, InterruptedException {
        progress.accept("finding out what the broker sustains");
        return (int) new LoadRun(target, plan, progress).run().live().messagesPerSecond();
    }

    /** Lets the pairs work for the time of one part. */
    private Part part(Swarm swarm) throws IOException, InterruptedException {
        List<Meter> meters = swarm.measure(Meter.Counting.BY_DUE);
        Tally then = swarm.tally();
        Probe before = Probe.now(target);
        swarm.pause(plan.measure());
        Probe after = Probe.now(target);
        Tally now = swarm.tally();
        swarm.measured();
        return new Part(meters, before, after, now.sent() - then.sent(), now.refused() - then.refused());
    }

    /** What happened in one part, but for what was due in it and is not done yet. */
    private record Part(List<Meter> meters, Probe before, Probe after, long sent, long refused) {
        OverloadReport.Part reported() {
            return new OverloadReport.Part(after.since(before, meters), sent, refused);
        }
    }
}
