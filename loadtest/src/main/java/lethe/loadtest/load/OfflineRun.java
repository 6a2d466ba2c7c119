package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of messages to phones that are away: in rounds, senders send until the broker holds all, then
 * recipients connect and drain what waits for them.
 */
public final class OfflineRun {
    /** Of one round alone nobody knows how much was chance. */
    private static final int FEWEST_ROUNDS = 3;

    private static final Duration FOR_EACH_MESSAGE = Duration.ofMillis(5);

    private final Target target;
    private final LoadPlan plan;
    private final int waiting;
    private final Consumer<String> progress;
    private @Nullable Stretch stored;
    private @Nullable Stretch drained;
    private int rounds;

    /**
     * Not begun.
     *
     * @param waiting messages for each recipient in a round
     * @param progress told in a line what happens
     */
    public OfflineRun(Target target, LoadPlan plan, int waiting, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.waiting = waiting;
        this.progress = progress;
    }

    /**
     * Measures once: rounds to warm up, then rounds that count, at least three.
     *
     * @throws IOException if a connection fails, or a round does not end
     */
    public OfflineReport run() throws IOException, InterruptedException {
        Descriptors.require(2 * plan.pairs());
        progress.accept("preparing " + plan.pairs() + " pairs");
        target.prepare(plan.pairs(), plan.payloadBytes());
        try (Swarm swarm = new Swarm(target, plan)) {
            // Recipients are there once: some brokers make a queue for whoever has been there.
            swarm.connectRecipients();
            swarm.connectSenders();
            progress.accept("warming up");
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < plan.warmUp().toNanos()) {
                round(swarm);
            }
            progress.accept("measuring");
            stored = null;
            drained = null;
            rounds = 0;
            begin = System.nanoTime();
            do {
                round(swarm);
            } while (rounds < FEWEST_ROUNDS
                    || System.nanoTime() - begin < plan.measure().toNanos());
            return report(swarm);
        }
    }

    private OfflineReport report(Swarm swarm) throws IOException, InterruptedException {
        Stretch store = stored;
        Stretch drain = drained;
        if (store == null || drain == null) {
            throw new IllegalStateException("no round was measured");
        }
        return new OfflineReport(target.name(), target.version(), plan, waiting, rounds, store, drain, swarm.tally());
    }

    private void round(Swarm swarm) throws IOException, InterruptedException {
        swarm.each(Pair::leaveRecipient);
        Stretch store = store(swarm);
        Stretch drain = drain(swarm);
        stored = stored == null ? store : stored.andThen(store);
        drained = drained == null ? drain : drained.andThen(drain);
        rounds++;
    }

    private Stretch store(Swarm swarm) throws IOException, InterruptedException {
        swarm.eachShard(shard -> shard.countHeld(true));
        List<Meter> meters = swarm.measure(Meter.Counting.BY_END);
        Probe before = Probe.now(target);
        swarm.each(pair -> pair.sendMore(waiting));
        await(swarm, "not every message was held", Pair::isQuiet);
        return end(swarm, before, meters);
    }

    private Stretch drain(Swarm swarm) throws IOException, InterruptedException {
        swarm.eachShard(shard -> shard.countHeld(false));
        List<Meter> meters = swarm.measure(Meter.Counting.FROM_BEGINNING);
        Probe before = Probe.now(target);
        swarm.connectRecipients();
        await(swarm, "not every message that was held ended", Pair::isEmpty);
        return end(swarm, before, meters);
    }

    private void await(Swarm swarm, String otherwise, Predicate<Pair> wanted) throws IOException, InterruptedException {
        Duration bound = plan.drain().plus(FOR_EACH_MESSAGE.multipliedBy((long) waiting * plan.pairs()));
        if (!swarm.await(wanted, bound)) {
            throw new IOException(otherwise + " within " + bound.toSeconds() + " s: " + swarm.tally());
        }
    }

    private Stretch end(Swarm swarm, Probe before, List<Meter> meters) throws IOException, InterruptedException {
        Probe after = Probe.now(target);
        swarm.measured();
        return after.since(before, meters);
    }
}
