package lethe.loadtest.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.identity.Opaque;
import lethe.device.DeviceEvent;
import lethe.device.outbox.Terms;
import lethe.loadtest.phone.Body;
import lethe.loadtest.phone.Phone;

/**
 * Pairs of phones that write to each other: each has a few messages under way, and sends the next when one has ended.
 */
final class Traffic {
    /** Enough that many wait when something breaks, and fewer than any bound of phone or broker. */
    private static final int UNDER_WAY = 16;

    private final KillPlan plan;
    private final List<Phone> phones;
    private final List<AtomicInteger> sent = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

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
            sendNext(phone);
        }
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
}
