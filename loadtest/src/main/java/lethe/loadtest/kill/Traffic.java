package lethe.loadtest.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.identity.Opaque;
import lethe.device.DeviceEvent;
import lethe.device.outbox.Terms;
import lethe.loadtest.phone.Body;
import lethe.loadtest.phone.Phone;

/**
 * Pairs of phones that write to each other: each has a few messages under way, and sends the next when one has ended.
 *
 * <p>That would use up a run's messages while Cassandra starts: meanwhile the next ones go out one by one, a few dozen
 * a second, whoever's turn it is.
 */
final class Traffic implements AutoCloseable {
    /** Enough that many wait when something breaks, and fewer than any bound of phone or broker. */
    private static final int UNDER_WAY = 16;

    /** About as long as Cassandra takes to start. */
    private static final long OUTAGE_MILLIS = 10_000;

    private final KillPlan plan;
    private final List<Phone> phones;
    private final List<AtomicInteger> sent = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile long pauseMillis = OUTAGE_MILLIS;
    private volatile boolean slow;

    /**
     * Not begun.
     *
     * @param phones the first two are a pair, and so on
     */
    Traffic(KillPlan plan, List<Phone> phones) {
        this.plan = plan;
        this.phones = List.copyOf(phones);
        for (int i = 0; i < phones.size(); i++) {
            int phone = i;
            sent.add(new AtomicInteger());
            phones.get(i).alsoTell(event -> onEvent(phone, event));
        }
    }

    void begin() {
        for (int phone = 0; phone < phones.size(); phone++) {
            for (int i = 0; i < UNDER_WAY; i++) {
                sendNext(phone);
            }
        }
    }

    private void onEvent(int phone, DeviceEvent event) {
        if (event instanceof DeviceEvent.Ended) {
            ended.incrementAndGet();
            if (slow) {
                waiting.add(phone);
                if (!slow) {
                    // The slow time has ended in between, perhaps before this was there to be released.
                    timer.execute(this::releaseAll);
                }
            } else {
                sendNext(phone);
            }
        }
    }

    /** How many messages may go out in a slow time of usual length. */
    void budget(int messages) {
        pauseMillis = Math.max(1, OUTAGE_MILLIS / Math.max(1, messages));
    }

    /** Begins or ends a slow time. */
    void slow(boolean begins) {
        slow = begins;
        timer.execute(begins ? this::release : this::releaseAll);
    }

    private void release() {
        if (slow) {
            sendWaiting();
            var unused = timer.schedule(this::release, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void releaseAll() {
        boolean more = true;
        while (more) {
            more = sendWaiting();
        }
    }

    private boolean sendWaiting() {
        Integer phone = waiting.poll();
        if (phone != null) {
            sendNext(phone);
        }
        return phone != null;
    }

    private void sendNext(int phone) {
        int number = sent.get(phone).getAndIncrement();
        if (number < plan.share(phone)) {
            var unused = phones.get(phone)
                    .send(phones.get(phone ^ 1), body(phone, number), Terms.usual(), null)
                    .thenAccept(id -> refused.addAndGet(id.isPresent() ? 0 : 1));
        }
    }

    private static Opaque body(int phone, int number) {
        return Body.of("message " + number + " of phone " + phone + " " + "x".repeat(number % 200));
    }

    /** How many messages have ended. */
    int ended() {
        return ended.get();
    }

    /** How many messages a phone did not take from its application: none, or the run is badly made. */
    int refused() {
        return refused.get();
    }

    boolean isDone() {
        return ended.get() >= plan.messages();
    }

    /** No more of it. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
