package lethe.loadtest.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * One kill run against an installation of its own.
 *
 * <p>The phones live through it: what they have in custody stays with them. Kills come when a drawn number of messages
 * has ended since the last, so that there is traffic to hurt, on fast machines and slow ones. When all is healed and
 * everything has ended, every phone reconnects once more: whatever the broker might still hold would show up then.
 */
public final class KillRun {
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(100);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(1);
    private static final Duration OPT_IN = Duration.ofMinutes(3);
    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final int THREADS = 4;
    private static final int STAY_EVERY = 4;
    private static final int SEAL_EVERY = 4;
    private static final int DOWN_MILLIS = 1_000;

    private final KillPlan plan;
    private final Installation installation;
    private final Path historyFile;
    private final Consumer<String> progress;
    private final Bell bell = new Bell();
    private final Random random;

    /**
     * Not begun.
     *
     * @param historyFile written anew
     * @param progress told in a line what happens
     */
    public KillRun(KillPlan plan, Installation installation, Path historyFile, Consumer<String> progress) {
        this.plan = plan;
        this.installation = installation;
        this.historyFile = historyFile;
        this.progress = progress;
        this.random = new Random(plan.seed());
    }

    /** Runs to the end and judges. */
    public KillReport run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int outages;
        int absent;
        int held;
        Toll toll;
        try (HistoryRecorder history = new HistoryRecorder(historyFile, System::nanoTime)) {
            List<Phone> phones = phones(history);
            Traffic traffic = new Traffic(plan, phones);
            var executioner = new Executioner(plan, installation, history, traffic, bell, progress, random);
            try {
                outages = exchange(phones, traffic, executioner, history);
                drain(traffic, phones);
                absent = new RollCall(phones, bell, progress).absent(plan.drainWithin());
            } finally {
                phones.forEach(Phone::close);
                traffic.close();
            }
            toll = executioner.toll();
            held = phones.stream().mapToInt(Phone::held).sum();
        }
        var verdict = HistoryChecker.check(HistoryRecorder.read(historyFile));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        return new KillReport(
                verdict,
                plan.messages(),
                toll.kills(),
                toll.unnoticed(),
                toll.liveWhileDown(),
                toll.slowest(),
                outages,
                absent,
                held,
                plan.seed(),
                millis);
    }

    private List<Phone> phones(HistoryRecorder history) {
        DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);
        DeviceSettings settings = DeviceSettings.of(installation.address()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        List<Phone> phones = new ArrayList<>();
        for (int i = 0; i < 2 * plan.pairs(); i++) {
            var store = new MemoryStore(Identity.draw(runtime.random()));
            String name = "phone-" + i;
            phones.add(
                    seals(i)
                            ? Phone.sealing(name, settings, runtime, store, history, bell)
                            : new Phone(name, settings, runtime, store, history, bell));
        }
        return phones;
    }

    /**
     * The third pair, and every fourth after it, writes sealed letters: each needs a prekey, and so a store, but for
     * those of last resort. The others show what the broker does by itself, and do it faster.
     */
    private static boolean seals(int phone) {
        return phone / 2 % SEAL_EVERY == 2;
    }

    private static void awaitPrekeys(List<Phone> phones) throws IOException, InterruptedException {
        for (int i = 0; i < phones.size(); i++) {
            if (seals(i) && !phones.get(i).awaitPrekeys(OPT_IN)) {
                throw new IOException("nobody can seal for " + phones.get(i));
            }
        }
    }

    private int exchange(List<Phone> phones, Traffic traffic, Executioner executioner, HistoryRecorder history)
            throws IOException, InterruptedException {
        Fleet.within(OPT_IN).ask(phones, Phone::optIn);
        awaitPrekeys(phones);
        progress.accept(phones.size() + " phones opted in, seed " + plan.seed());
        Outages outages = new Outages(roaming(phones), new Random(plan.seed() + 1));
        outages.begin();
        try {
            traffic.begin();
            for (int left = plan.kills(); left > 0; left--) {
                awaitTurn(left, traffic);
                executioner.strike();
            }
            bell.await(traffic::isDone, Duration.ofMillis(random.nextInt(DOWN_MILLIS)));
        } finally {
            outages.close();
        }
        phones.forEach(Phone::networkIsBack);
        history.record(at -> new HistoryEvent.Fault(at, "healed"));
        progress.accept("healed after " + plan.kills() + " kills and " + outages.count() + " outages, draining");
        return outages.count();
    }

    /**
     * The second pair, and every fourth after it, stays on the network: their traffic needs no store, and shall not
     * feel that there is none.
     */
    private static List<Phone> roaming(List<Phone> phones) {
        List<Phone> roaming = new ArrayList<>();
        for (int i = 0; i < phones.size(); i++) {
            if (i / 2 % STAY_EVERY != 1) {
                roaming.add(phones.get(i));
            }
        }
        return roaming;
    }

    /**
     * Waits until traffic has gone on, by a drawn part of what an outage has for itself: one that begins while nobody
     * has come back from the last proves little.
     *
     * @param left outages still to come, this one included
     */
    private void awaitTurn(int left, Traffic traffic) throws InterruptedException {
        int share = (plan.messages() - traffic.ended()) / (left + 1);
        int threshold = traffic.ended() + share / 4 + random.nextInt(share / 4 + 1);
        traffic.budget(share / 2);
        bell.awaitProgress(() -> traffic.ended() >= threshold, traffic::ended, STANDSTILL);
    }

    private void drain(Traffic traffic, List<Phone> phones) throws InterruptedException {
        if (!bell.awaitProgress(traffic::isDone, traffic::ended, plan.drainWithin())) {
            progress.accept("no message ended for " + plan.drainWithin().toSeconds() + " s: " + traffic.ended() + " of "
                    + plan.messages() + " have, " + traffic.refused() + " were not taken");
            for (Phone phone : phones) {
                int unresolved = phone.unresolved().toCompletableFuture().join();
                if (unresolved > 0) {
                    progress.accept(phone + (phone.isConnected() ? " is connected" : " is not connected") + " and has "
                            + unresolved + " messages that the broker has not answered");
                }
            }
        }
    }
}
