package lethe.loadtest.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.history.HistoryChecker;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.phone.Phone;
import lethe.loadtest.phone.RollCall;
import lethe.loadtest.process.Installation;

/**
 * One SMS drill against an installation of its own.
 *
 * <p>The phones live through it. When all is healed and everything has ended, every phone reconnects once more:
 * whatever the broker might still hold would show up then.
 */
public final class SmsRun {
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(100);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(1);
    private static final Duration OPT_IN = Duration.ofMinutes(3);
    private static final int THREADS = 4;

    /** Every so manieth phone that reads lets one message come at a time: the others wait at the broker. */
    private static final int NARROW_EVERY = 3;

    private final SmsPlan plan;
    private final Installation installation;
    private final Path historyFile;
    private final Consumer<String> progress;
    private final Bell bell = new Bell();

    /**
     * Not begun.
     *
     * @param historyFile written anew
     * @param progress told in a line what happens
     */
    public SmsRun(SmsPlan plan, Installation installation, Path historyFile, Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.historyFile = historyFile;
        this.progress = progress;
    }

    /** Runs to the end and judges. */
    public SmsReport run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int absent;
        int outages;
        try (HistoryRecorder history = new HistoryRecorder(historyFile, System::nanoTime)) {
            List<Phone> phones = phones(history);
            try {
                outages = exchange(phones, history);
                absent = new RollCall(phones, bell, progress).absent(plan.drainWithin());
            } finally {
                phones.forEach(Phone::close);
            }
        }
        return report(
                HistoryRecorder.read(historyFile),
                outages,
                absent,
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private SmsReport report(List<HistoryEvent> history, int outages, int absent, long millis) {
        Map<String, Integer> outcomes = new TreeMap<>();
        int merged = 0;
        for (HistoryEvent event : history) {
            if (event instanceof HistoryEvent.Ended end) {
                outcomes.merge(end.outcome(), 1, Integer::sum);
            } else if (event instanceof HistoryEvent.Merged) {
                merged++;
            }
        }
        return new SmsReport(
                HistoryChecker.check(history),
                plan.messages(),
                outcomes,
                merged,
                plan.kills(),
                outages,
                absent,
                plan.seed(),
                millis);
    }

    /** The first of each two writes, the other reads. */
    private List<Phone> phones(HistoryRecorder history) {
        // Applications that are busy keep a thread each.
        DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS + plan.pairs());
        DeviceSettings wide = DeviceSettings.of(installation.address()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        List<Phone> phones = new ArrayList<>();
        for (int pair = 0; pair < plan.pairs(); pair++) {
            DeviceSettings reading = pair % NARROW_EVERY == 0 ? wide.withCredit(1) : wide;
            phones.add(phone("writer-" + pair, wide, runtime, history));
            phones.add(phone("reader-" + pair, reading, runtime, history));
        }
        return phones;
    }

    private Phone phone(String name, DeviceSettings settings, DeviceRuntime runtime, HistoryRecorder history) {
        return new Phone(name, settings, runtime, new MemoryStore(Identity.draw(runtime.random())), history, bell);
    }

    /** Answers how often a phone was off the network. */
    private int exchange(List<Phone> phones, HistoryRecorder history) throws IOException, InterruptedException {
        Fleet.within(OPT_IN).ask(phones, Phone::optIn);
        progress.accept(phones.size() + " phones opted in, seed " + plan.seed());
        try (Exchange exchange = new Exchange(plan, phones)) {
            exchange.begin();
            new Killings(plan, installation, history, exchange, bell, progress).run();
            if (!bell.awaitProgress(exchange::isDone, exchange::endedSoFar, plan.drainWithin())) {
                progress.accept("no message ended for " + plan.drainWithin().toSeconds() + " s: "
                        + exchange.endedSoFar() + " of " + plan.messages() + " have");
            }
            return exchange.outages();
        } finally {
            history.record(at -> new HistoryEvent.Fault(at, "healed"));
        }
    }
}
