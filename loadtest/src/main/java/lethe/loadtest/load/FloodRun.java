package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One measurement of a flood of registrations: live messages come at a rate, then the same while somebody asks to opt
 * in a hundred times as often as an address may.
 */
public final class FloodRun {
    /** By then the burst that the limit allows is used up. */
    private static final Duration BURST = Duration.ofSeconds(3);

    private final Target target;
    private final LoadPlan plan;
    private final int perSecond;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param plan with a rate; {@code measure} is the time of each part
     * @param perSecond requests of the flood
     * @param progress told in a line what happens
     * @throws IllegalArgumentException if the plan has no rate
     */
    public FloodRun(Target target, LoadPlan plan, int perSecond, Consumer<String> progress) {
        if (!plan.isOpen() || perSecond < 1) {
            throw new IllegalArgumentException("a flood is measured beside messages at a rate: --rate");
        }
        this.target = target;
        this.plan = plan;
        this.perSecond = perSecond;
        this.progress = progress;
    }

    /**
     * Measures once.
     *
     * @throws IOException if a connection of a phone fails
     */
    public FloodReport run() throws IOException, InterruptedException {
        Descriptors.require(2 * plan.pairs());
        progress.accept("preparing " + plan.pairs() + " pairs");
        target.prepare(plan.pairs(), plan.payloadBytes());
        try (Swarm swarm = new Swarm(target, plan)) {
            progress.accept("connecting");
            swarm.connectRecipients();
            swarm.connectSenders();
            progress.accept("warming up with " + plan.rate() + " a second");
            Pacers pacers = Pacers.begin(swarm, plan.rate(), plan.warmUp().dividedBy(2));
            swarm.pause(plan.warmUp());
            progress.accept("measuring without the flood");
            Part before = part(swarm);
            progress.accept("flooding with " + perSecond + " requests a second");
            Part during;
            FloodCount flood;
            try (Flood flooding = Flood.begin(target.address(0), perSecond)) {
                swarm.pause(BURST);
                FloodCount then = flooding.count();
                during = part(swarm);
                flood = flooding.count().since(then);
            }
            pacers.stop();
            progress.accept("draining");
            if (!swarm.await(Pair::isEmpty, plan.drain())) {
                progress.accept("not every message ended within " + plan.drain().toSeconds() + " s");
            }
            // Not before: of what was due in a part, some is only done now.
            return new FloodReport(
                    target.name(),
                    target.version(),
                    plan,
                    before.stretch(),
                    during.stretch(),
                    perSecond,
                    flood,
                    swarm.tally());
        }
    }

    /** Lets the pairs work for the time of one part. */
    private Part part(Swarm swarm) throws IOException, InterruptedException {
        List<Meter> meters = swarm.measure(Meter.Counting.BY_DUE);
        Probe before = Probe.now(target);
        swarm.pause(plan.measure());
        Probe after = Probe.now(target);
        swarm.measured();
        return new Part(meters, before, after);
    }

    /** What happened in one part, but for what was due in it and is not done yet. */
    private record Part(List<Meter> meters, Probe before, Probe after) {
        Stretch stretch() {
            return after.since(before, meters);
        }
    }
}
