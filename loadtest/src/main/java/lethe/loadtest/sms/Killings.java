package lethe.loadtest.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.process.Installation;

/** Kills the broker again and again, each time when a drawn number of messages has ended since the last. */
final class Killings {
    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final int DOWN_MILLIS = 1_500;

    private final SmsPlan plan;
    private final Installation installation;
    private final HistoryRecorder history;
    private final Exchange exchange;
    private final Bell bell;
    private final Consumer<String> progress;
    private final Random random;

    Killings(
            SmsPlan plan,
            Installation installation,
            HistoryRecorder history,
            Exchange exchange,
            Bell bell,
            Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.history = history;
        this.exchange = exchange;
        this.bell = bell;
        this.progress = progress;
        this.random = new Random(plan.seed());
    }

    /** All of them, from the first message on. */
    void run() throws IOException, InterruptedException {
        for (int left = plan.kills(); left > 0; left--) {
            int share = (plan.messages() - exchange.endedSoFar()) / (left + 1);
            int threshold = exchange.endedSoFar() + share / 2 + random.nextInt(share / 2 + 1);
            bell.awaitProgress(() -> exchange.endedSoFar() >= threshold, exchange::endedSoFar, STANDSTILL);
            progress.accept("killing the broker after " + exchange.endedSoFar() + " messages");
            brokerDies();
        }
    }

    private void brokerDies() throws IOException, InterruptedException {
        exchange.pause(true);
        installation.killBroker();
        record("killed the broker");
        bell.await(() -> false, Duration.ofMillis(random.nextInt(DOWN_MILLIS)));
        installation.startBroker();
        record("restarted the broker");
        exchange.pause(false);
    }

    private void record(String what) {
        history.record(at -> new HistoryEvent.Fault(at, what));
    }
}
