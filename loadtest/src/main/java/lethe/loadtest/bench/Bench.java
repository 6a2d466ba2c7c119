package lethe.loadtest.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lethe.core.identity.Opaque;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.loadtest.phone.Fleet;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.ProcessClock;

/** One measurement against an installation of its own. */
public final class Bench {
    private static final Duration OPT_IN = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofMinutes(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int THREADS = 4;

    private final BenchPlan plan;
    private final Installation installation;
    private final Consumer<String> progress;
    private final Meter meter = new Meter();

    /**
     * Not begun.
     *
     * @param progress told in a line what happens
     */
    public Bench(BenchPlan plan, Installation installation, Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.progress = progress;
    }

    /** Measures once. */
    public BenchReport run() throws IOException, InterruptedException {
        DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);
        DeviceSettings settings = DeviceSettings.of(installation.address());
        Opaque body = Opaque.wrap(new byte[plan.bodyBytes()]);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < plan.pairs(); i++) {
            pairs.add(new Pair(settings, runtime, meter, body));
        }
        try {
            Fleet.optIn(pairs, Pair::optIn, OPT_IN);
            if (!await(pairs, Pair::isConnected, CONNECT)) {
                throw new IOException("not all phones connected within " + CONNECT);
            }
            progress.accept(2 * plan.pairs() + " phones connected, warming up");
            pairs.forEach(Pair::send);
            pause(plan.warmUp());
            progress.accept("measuring");
            return measure();
        } finally {
            meter.stop();
            // What is under way ends first: the broker is left as it was found.
            if (!await(pairs, Pair::isIdle, DRAIN)) {
                progress.accept("not every message ended within " + DRAIN.toSeconds() + " s");
            }
            pairs.forEach(Pair::close);
        }
    }

    private static boolean await(List<Pair> pairs, Predicate<Pair> condition, Duration bound)
            throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!pairs.stream().allMatch(condition)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(LOOK_AGAIN);
        }
        return true;
    }

    private BenchReport measure() throws IOException, InterruptedException {
        long pid = installation.broker().pid();
        Duration used = ProcessClock.used(pid);
        long begin = System.nanoTime();
        meter.begin();
        pause(plan.measure());
        meter.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration usedSince = ProcessClock.used(pid).minus(used);
        return new BenchReport(plan, meter.delivered(), meter.otherEnds(), took, usedSince, meter.latencies());
    }

    /** Lets the pairs work. */
    private static void pause(Duration time) throws InterruptedException {
        var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
