package lethe.loadtest.kill;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.loadtest.phone.Phone;

/** Takes phones off the network for a while, one after the other, at random. */
final class Outages implements AutoCloseable {
    private static final int FIRST = 5;
    private static final int PAUSE_AT_LEAST = 50;
    private static final int PAUSE_AT_MOST = 400;
    private static final int AWAY_AT_LEAST = 100;
    private static final int AWAY_AT_MOST = 3_000;
    private static final int END_SECONDS = 10;

    private final List<Phone> phones;
    private final Random random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger count = new AtomicInteger();

    Outages(List<Phone> phones, Random random) {
        this.phones = phones;
        this.random = random;
    }

    /** Takes every fifth phone off at once, before there is traffic, so that messages wait from the beginning. */
    void begin() {
        for (int i = 0; i < phones.size(); i += FIRST) {
            takeOff(phones.get(i));
        }
        next();
    }

    private void next() {
        var unused = timer.schedule(this::strike, between(PAUSE_AT_LEAST, PAUSE_AT_MOST), TimeUnit.MILLISECONDS);
    }

    private void strike() {
        takeOff(phones.get(random.nextInt(phones.size())));
        next();
    }

    private void takeOff(Phone phone) {
        count.incrementAndGet();
        int away = between(AWAY_AT_LEAST, AWAY_AT_MOST);
        var unused = phone.disconnect().whenComplete((off, failure) -> {
            if (!timer.isShutdown()) {
                var unusedReturn = timer.schedule(phone::connect, away, TimeUnit.MILLISECONDS);
            }
        });
    }

    private int between(int least, int most) {
        return random.nextInt(least, most);
    }

    int count() {
        return count.get();
    }

    /** No more of this: everybody comes back. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        phones.forEach(Phone::connect);
    }
}
