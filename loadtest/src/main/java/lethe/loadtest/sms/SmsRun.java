package lethe.loadtest.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
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
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.SmsProcesses;
import org.jspecify.annotations.Nullable;

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

    /** What nobody hears of has an end within the run; and ten thousand letters are no inflated traffic. */
    private static final List<String> GATEWAY = List.of(
            "grace = 15s",
            "costs { a-day = 10000000, subscriber-a-day = 10000000 }",
            "route { a-minute = 1000000, a-day = 10000000 }",
            "suspicion.undelivered-percent = 101");

    /** Every so manieth phone that reads lets one message come at a time: the others wait at the broker. */
    private static final int NARROW_EVERY = 3;

    /** The third pair, and every fourth after it, writes sealed letters. */
    private static final int SEAL_EVERY = 4;

    private final SmsPlan plan;
    private final Installation installation;
    private final @Nullable SmsProcesses sms;
    private final Path historyFile;
    private final Consumer<String> progress;
    private final Bell bell = new Bell();

    /**
     * Not begun.
     *
     * @param installation whose broker knows the gateway, if there is one
     * @param sms null if the plan needs no gateway
     * @param historyFile written anew
     * @param progress told in a line what happens
     */
    public SmsRun(
            SmsPlan plan,
            Installation installation,
            @Nullable SmsProcesses sms,
            Path historyFile,
            Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.sms = sms;
        this.historyFile = historyFile;
        this.progress = progress;
    }

    /** Starts a gateway, and a centre behind it that takes its time, and that not all goes well at. */
    public static SmsProcesses carriers(Path directory) throws IOException, InterruptedException {
        return SmsProcesses.start(
                directory,
                GATEWAY,
                "--answer-ms",
                "20",
                "--report-ms",
                "700",
                "--reports",
                "reversed",
                "--fail",
                "3",
                "--refuse",
                "2",
                "--throttle",
                "50");
    }

    /** An installation whose broker uses a gateway; the same if there is none. */
    public static InstallationPlan knowing(@Nullable SmsProcesses sms, InstallationPlan plan) {
        return sms == null ? plan : plan.with("lethe.gateway.url", sms.address().toString());
    }

    /** Runs to the end and judges. */
    public SmsReport run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int absent;
        int outages;
        int misworded;
        try (HistoryRecorder history = new HistoryRecorder(historyFile, System::nanoTime)) {
            List<Phone> phones = phones(history);
            try (Exchange exchange = new Exchange(plan, phones)) {
                Carrier carrier = carrier(exchange, history);
                exchange.regularly(carrier::look);
                exchange(phones, exchange, history);
                exchange.close();
                history.record(at -> new HistoryEvent.Fault(at, "healed"));
                absent = new RollCall(phones, bell, progress).absent(plan.drainWithin());
                carrier.look();
                outages = exchange.outages();
                misworded = carrier.misworded();
            } finally {
                phones.forEach(Phone::close);
            }
        }
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        return report(HistoryRecorder.read(historyFile), outages, absent, misworded, millis);
    }

    private Carrier carrier(Exchange exchange, HistoryRecorder history) {
        Path record = sms == null ? historyFile.resolveSibling("no-centre") : sms.record();
        return new Carrier(new CentreLog(record), exchange::byNumber, history, Clock.systemUTC());
    }

    private SmsReport report(List<HistoryEvent> history, int outages, int absent, int misworded, long millis) {
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
                misworded,
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
        DeviceSettings usual = DeviceSettings.of(installation.address()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        DeviceSettings wide = sms == null ? usual : usual.sealingTo(sms.pinned());
        List<Phone> phones = new ArrayList<>();
        for (int pair = 0; pair < plan.pairs(); pair++) {
            DeviceSettings reading = pair % NARROW_EVERY == 0 ? wide.withCredit(1) : wide;
            phones.add(phone(pair, "writer-" + pair, wide, runtime, history));
            phones.add(phone(pair, "reader-" + pair, reading, runtime, history));
        }
        return phones;
    }

    private Phone phone(
            int pair, String name, DeviceSettings settings, DeviceRuntime runtime, HistoryRecorder history) {
        MemoryStore store = new MemoryStore(Identity.draw(runtime.random()));
        return seals(pair)
                ? Phone.sealing(name, settings, runtime, store, history, bell)
                : new Phone(name, settings, runtime, store, history, bell);
    }

    private static boolean seals(int pair) {
        return pair % SEAL_EVERY == 2;
    }

    private void awaitPrekeys(List<Phone> phones) throws IOException, InterruptedException {
        for (int pair = 0; pair < plan.pairs(); pair++) {
            if (seals(pair) && !phones.get(2 * pair + 1).awaitPrekeys(OPT_IN)) {
                throw new IOException("nobody can seal for " + phones.get(2 * pair + 1));
            }
        }
    }

    private void exchange(List<Phone> phones, Exchange exchange, HistoryRecorder history)
            throws IOException, InterruptedException {
        Fleet.within(OPT_IN).ask(phones, Phone::optIn);
        awaitPrekeys(phones);
        progress.accept(phones.size() + " phones opted in, seed " + plan.seed());
        exchange.begin();
        new Killings(plan, installation, sms, history, exchange, bell, progress).run();
        if (!bell.awaitProgress(exchange::isDone, exchange::endedSoFar, plan.drainWithin())) {
            progress.accept("no message ended for " + plan.drainWithin().toSeconds() + " s: " + exchange.endedSoFar()
                    + " of " + plan.messages() + " have");
        }
    }
}
