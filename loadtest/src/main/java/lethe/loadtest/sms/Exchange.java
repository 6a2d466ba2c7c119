package lethe.loadtest.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.loadtest.phone.Phone;
import org.jspecify.annotations.Nullable;

/** All couples of a run, what they have written, and how far they are. */
final class Exchange implements AutoCloseable {
    private static final int END_SECONDS = 10;
    private static final int LOOK_MILLIS = 200;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Couple> couples = new ArrayList<>();
    private final Map<String, Posted> byNumber = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();
    private final int messages;
    private volatile boolean paused;

    /**
     * Not begun.
     *
     * @param phones the first writes to the second, and so on
     */
    Exchange(SmsPlan plan, List<Phone> phones) {
        this.messages = plan.messages();
        for (int pair = 0; pair < plan.pairs(); pair++) {
            couples.add(new Couple(this, phones.get(2 * pair), phones.get(2 * pair + 1), plan, pair, timer));
        }
    }

    void begin() {
        couples.forEach(couple -> timer.execute(couple::next));
    }

    /** While there is no broker, what has begun goes on, and nothing begins. */
    void pause(boolean begins) {
        paused = begins;
    }

    boolean isPaused() {
        return paused;
    }

    /** The next letter of the run. */
    Letter write() {
        return new Letter(written.getAndIncrement());
    }

    /** A phone has taken a letter. */
    void posted(Posted letter) {
        byNumber.put(letter.letter().number(), letter);
    }

    /** Which letter goes to a number as an SMS; null for none. */
    @Nullable
    Posted byNumber(String number) {
        return byNumber.get(number);
    }

    /** Has something done again and again, a few times a second, until the end. */
    void regularly(Runnable task) {
        var unused = timer.scheduleWithFixedDelay(task, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void ended() {
        ended.incrementAndGet();
    }

    void outage() {
        outages.incrementAndGet();
    }

    /** How many messages have ended. */
    int endedSoFar() {
        return ended.get();
    }

    /** How often a phone was taken off the network. */
    int outages() {
        return outages.get();
    }

    boolean isDone() {
        return ended.get() >= messages;
    }

    /** No more of it: all phones have a network. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        couples.forEach(Couple::heal);
    }
}
