package lethe.loadtest.kill;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.ReadyProbe;

/**
 * Kills whose turn it is, waits a moment, and starts it again.
 *
 * <p>A broker that outlives its Cassandra is held to three things: live messages go on, it says that it is not ready
 * while Cassandra is away, and it says that it is soon after Cassandra has come back.
 */
final class Executioner {
    private static final int LATE_MILLIS = 50;
    private static final int DOWN_MILLIS = 1_000;

    /** Beyond lethe.store.retry-within and a request-timeout: what a subscriber wanted to store has failed by then. */
    private static final Duration OUTLASTING = Duration.ofSeconds(27);

    private static final int OUTLASTING_EVERY = 5;
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final KillPlan plan;
    private final Installation installation;
    private final HistoryRecorder history;
    private final Traffic traffic;
    private final Bell bell;
    private final Consumer<String> progress;
    private final Random random;
    private final Turns<Victim> turns;
    private final Toll toll = new Toll();

    Executioner(
            KillPlan plan,
            Installation installation,
            HistoryRecorder history,
            Traffic traffic,
            Bell bell,
            Consumer<String> progress,
            Random random) {
        this.plan = plan;
        this.installation = installation;
        this.history = history;
        this.traffic = traffic;
        this.bell = bell;
        this.progress = progress;
        this.random = random;
        // Apart from what is drawn by the way: the same seed kills in the same order.
        this.turns = new Turns<>(plan.victims(), new Random(plan.seed() + 2));
    }

    /** One outage, from the kill until all that died is back. */
    void strike() throws IOException, InterruptedException {
        Victim victim = turns.next();
        pause(LATE_MILLIS);
        progress.accept("killing " + victim.word() + " after " + traffic.ended() + " messages");
        toll.died(victim);
        switch (victim) {
            case BROKER -> brokerDies();
            case CASSANDRA -> cassandraDies();
            case BOTH -> bothDie();
        }
    }

    private void brokerDies() throws IOException, InterruptedException {
        installation.killBroker();
        record("killed the broker");
        pause(DOWN_MILLIS);
        installation.startBroker();
        record("restarted the broker");
    }

    private void cassandraDies() throws IOException, InterruptedException {
        URI admin = installation.admin();
        traffic.slow(true);
        installation.killCassandra();
        record("killed Cassandra");
        if (!ReadyProbe.awaits(admin, false, NOTICED_WITHIN)) {
            missed("the broker says that it is ready, without Cassandra");
        }
        pause(DOWN_MILLIS);
        int before = traffic.ended();
        if (outlasts()) {
            bell.await(() -> false, OUTLASTING);
        }
        installation.startCassandra();
        record("restarted Cassandra");
        toll.wentOn(traffic.ended() - before);
        traffic.slow(false);
        long back = System.nanoTime();
        if (ReadyProbe.awaits(admin, true, READY_WITHIN)) {
            toll.recovered(Duration.ofNanos(System.nanoTime() - back));
        } else {
            missed("the broker does not say that it is ready, with Cassandra back");
        }
    }

    private boolean outlasts() {
        return plan.outlasting() && toll.count(Victim.CASSANDRA) % OUTLASTING_EVERY == 2;
    }

    private void bothDie() throws IOException, InterruptedException {
        boolean brokerFirst = random.nextBoolean();
        if (brokerFirst) {
            installation.killBroker();
            pause(LATE_MILLIS);
        }
        installation.killCassandra();
        if (!brokerFirst) {
            pause(LATE_MILLIS);
            installation.killBroker();
        }
        record("killed both");
        pause(DOWN_MILLIS);
        installation.startBoth();
        record("restarted both");
    }

    private void missed(String what) {
        toll.missed();
        progress.accept(what);
    }

    private void pause(int mostMillis) throws InterruptedException {
        bell.await(() -> false, Duration.ofMillis(random.nextInt(mostMillis)));
    }

    private void record(String what) {
        history.record(at -> new HistoryEvent.Fault(at, what));
    }

    Toll toll() {
        return toll;
    }
}
