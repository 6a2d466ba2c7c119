package lethe.loadtest.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.function.Consumer;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.kill.Turns;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.SmsProcesses;
import org.jspecify.annotations.Nullable;

/** Kills whose turn it is again and again, each time when a drawn number of messages has ended since the last. */
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
    private final Turns<Victim> turns;
    private final @Nullable SmsProcesses sms;

    /** @param sms null if no gateway is needed */
    Killings(
            SmsPlan plan,
            Installation installation,
            @Nullable SmsProcesses sms,
            HistoryRecorder history,
            Exchange exchange,
            Bell bell,
            Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.sms = sms;
        this.history = history;
        this.exchange = exchange;
        this.bell = bell;
        this.progress = progress;
        this.random = new Random(plan.seed());
        // Apart from what is drawn by the way: the same seed kills in the same order.
        this.turns = new Turns<>(
                sms == null ? EnumSet.of(Victim.BROKER) : EnumSet.allOf(Victim.class), new Random(plan.seed() + 2));
    }

    /** All of them, from the first message on. */
    void run() throws IOException, InterruptedException {
        for (int left = plan.kills(); left > 0; left--) {
            int share = (plan.messages() - exchange.endedSoFar()) / (left + 1);
            int threshold = exchange.endedSoFar() + share / 2 + random.nextInt(share / 2 + 1);
            bell.awaitProgress(() -> exchange.endedSoFar() >= threshold, exchange::endedSoFar, STANDSTILL);
            strike(turns.next());
        }
    }

    private void strike(Victim victim) throws IOException, InterruptedException {
        progress.accept("killing " + victim.word() + " after " + exchange.endedSoFar() + " messages");
        if (victim != Victim.BROKER && sms != null) {
            sms.killGateway();
        }
        if (victim == Victim.GATEWAY) {
            record("killed " + victim.word());
            pause();
        } else {
            exchange.pause(true);
            installation.killBroker();
            record("killed " + victim.word());
            pause();
            installation.startBroker();
            exchange.pause(false);
        }
        if (victim != Victim.BROKER && sms != null) {
            sms.startGateway();
        }
        record("restarted " + victim.word());
    }

    private void pause() throws InterruptedException {
        bell.await(() -> false, Duration.ofMillis(random.nextInt(DOWN_MILLIS)));
    }

    private void record(String what) {
        history.record(at -> new HistoryEvent.Fault(at, what));
    }
}
