package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One measurement of messages between connected phones. */
public final class LoadRun {
    private final Target target;
    private final LoadPlan plan;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param progress told in a line what happens
     */
    public LoadRun(Target target, LoadPlan plan, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Measures once, from making the accounts to the last receipt.
     *
     * @throws IOException if a connection fails, or cannot be made
     */
    public LoadReport run() throws IOException, InterruptedException {
        Descriptors.require(2 * plan.pairs());
        progress.accept("preparing " + plan.pairs() + " pairs");
        long begin = System.nanoTime();
        target.prepare(plan.pairs(), plan.payloadBytes());
        progress.accept(
                "prepared within " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        try (Swarm swarm = new Swarm(target, plan)) {
            progress.accept("connecting");
            swarm.connectRecipients();
            swarm.connectSenders();
            progress.accept(2 * plan.pairs() + " phones connected, warming up");
            Pacers pacers = begin(swarm);
            swarm.pause(plan.warmUp());
            progress.accept("measuring");
            List<Meter> meters = swarm.measure(plan.isOpen() ? Meter.Counting.BY_DUE : Meter.Counting.BY_END);
            Probe before = Probe.now(target);
            swarm.pause(plan.measure());
            Probe after = Probe.now(target);
            swarm.measured();
            progress.accept("draining");
            swarm.each(Pair::stop);
            if (pacers != null) {
                pacers.stop();
            }
            if (!swarm.await(Pair::isEmpty, plan.drain())) {
                progress.accept("not every message ended within " + plan.drain().toSeconds() + " s");
            }
            // Not before: of what was due in time, some is only done now.
            Stretch stretch = after.since(before, meters);
            return new LoadReport(target.name(), target.version(), plan, stretch, swarm.tally());
        }
    }

    /** Not at once: in the first half of the warm-up, more and more pairs send, or all of them more often. */
    private @Nullable Pacers begin(Swarm swarm) throws IOException, InterruptedException {
        Duration ramp = plan.warmUp().dividedBy(2);
        if (plan.isOpen()) {
            return Pacers.begin(swarm, plan.rate(), ramp);
        }
        swarm.each(pair -> {
            long delay = ramp.toNanos() / plan.pairs() * pair.index();
            pair.shard().later(pair::sendAlways, delay);
        });
        return null;
    }
}
