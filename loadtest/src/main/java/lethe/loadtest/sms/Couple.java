package lethe.loadtest.sms;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.fallback.Fallback;
import lethe.device.DeviceEvent;
import lethe.device.outbox.Terms;
import lethe.loadtest.phone.Phone;

/**
 * Two phones, one of which writes to the other, a few messages at a time, and what happens to them around each
 * deadline. Its scripts run one after the other on the timer of the exchange.
 */
final class Couple {
    /** Enough that some are late, and fewer than any bound of phone or broker. */
    private static final int MOST_UNDER_WAY = 48;

    private static final int MOST_AT_ONCE = 8;
    private static final long SHORTEST = 1_000;
    private static final long LONGEST = 2_500;
    private static final long APART = 150;
    private static final long PAUSE = 100;
    private static final long LONGEST_PAUSE = 3_000;
    private static final Reception[] RECEPTIONS = Reception.values();

    /** So that an SMS of which nobody hears is given up within the run. */
    private static final Duration TTL = Duration.ofMinutes(1);

    private final Exchange exchange;
    private final Phone sender;
    private final Phone recipient;
    private final List<Fallback> modes;
    private final Random random;
    private final ScheduledExecutorService timer;
    private final Slowness slowness = new Slowness();
    private final AtomicInteger underWay = new AtomicInteger();
    private int left;

    Couple(Exchange exchange, Phone sender, Phone recipient, SmsPlan plan, int pair, ScheduledExecutorService timer) {
        this.exchange = exchange;
        this.sender = sender;
        this.recipient = recipient;
        this.modes = plan.modes().stream().sorted().toList();
        this.random = new Random(plan.seed() * 1_000_003 + pair);
        this.timer = timer;
        this.left = plan.share(pair);
        recipient.alsoTell(this::onRecipient);
        sender.alsoTell(this::onSender);
        sender.onSms((id, sms) -> recipient.smsArrived(id, sender, sms.text(), true));
    }

    private void onRecipient(DeviceEvent event) {
        if (event instanceof DeviceEvent.Received) {
            slowness.pass();
        }
    }

    private void onSender(DeviceEvent event) {
        if (event instanceof DeviceEvent.Ended) {
            underWay.decrementAndGet();
            exchange.ended();
        }
    }

    /** Plays the next script, when there may be one. */
    void next() {
        if (left == 0) {
            return;
        }
        if (exchange.isPaused() || underWay.get() > MOST_UNDER_WAY) {
            // Not all at once when it goes on.
            schedule(this::next, random.nextLong(LONGEST_PAUSE));
            return;
        }
        long deadline = random.nextLong(SHORTEST + APART, LONGEST);
        Script script = Script.draw(RECEPTIONS[random.nextInt(RECEPTIONS.length)], deadline, random);
        script.steps().forEach(step -> schedule(() -> perform(step.move(), deadline), step.atMillis()));
        schedule(this::next, script.millis() + random.nextLong(PAUSE));
    }

    private void schedule(Runnable task, long millis) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void perform(Step.Move move, long deadline) {
        switch (move) {
            case SEND -> send(deadline);
            case RECIPIENT_LEAVES -> leave(recipient);
            case RECIPIENT_RETURNS -> recipient.connect();
            case RECIPIENT_BUSY -> slowness.begin();
            case RECIPIENT_FREE -> slowness.end();
            case SENDER_LEAVES -> leave(sender);
            case SENDER_RETURNS -> sender.connect();
        }
    }

    private void leave(Phone phone) {
        exchange.outage();
        var unused = phone.disconnect();
    }

    private void send(long deadline) {
        int count = Math.min(left, random.nextInt(1, MOST_AT_ONCE + 1));
        left -= count;
        for (int i = 0; i < count; i++) {
            Letter letter = exchange.write();
            Fallback mode = modes.get(random.nextInt(modes.size()));
            Terms terms = new Terms(TTL, null, Duration.ofMillis(deadline - random.nextLong(APART)), mode);
            underWay.incrementAndGet();
            var unused = sender.send(recipient, letter.body(), terms, letter.sms(mode))
                    .thenAccept(id -> id.ifPresent(taken -> exchange.posted(new Posted(
                            taken,
                            letter,
                            mode,
                            text -> recipient.smsArrived(taken, null, text, mode == Fallback.GATEWAY)))));
        }
    }

    /** No more of it: both have a network, and nobody is busy. */
    void heal() {
        slowness.end();
        sender.connect();
        recipient.connect();
    }
}
