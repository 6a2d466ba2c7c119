package lethe.device;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import lethe.client.sealing.GatewayKey;
import lethe.core.identity.Opaque;
import lethe.device.inbox.Inbox;
import lethe.device.inbox.InboxEvent;
import lethe.device.inbox.InboxLimits;
import lethe.device.inbox.InboxRecords;
import lethe.device.letters.Correspondence;
import lethe.device.outbox.Outbox;
import lethe.device.outbox.OutboxAction;
import lethe.device.outbox.OutboxEvent;
import lethe.device.outbox.OutboxLimits;
import lethe.device.outbox.OutboxRecords;
import lethe.device.outbox.SealAnswer;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;
import lethe.device.store.DeviceStore;
import lethe.device.store.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Performs what outbox and inbox decide, in the one safe order: first everything is written; then the broker hears of
 * it; then the application; and only then is noted that the application has heard.
 */
final class Custodian {
    /** A ledger is rewritten when it holds this many records, and this many times what is needed. */
    private static final int MOST_RECORDS = 512;

    private static final int MOST_WASTE = 4;

    /** Or when nothing was written for this long and it holds anything that is over: the content of ended messages. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Clock clock;
    private final DeviceListener listener;
    private final SmsPort modem;
    private final Correspondence correspondence;
    private final RandomGenerator random;
    private final Executor strand;
    private final Ledger outboxLedger;
    private final Ledger inboxLedger;
    private final Outbox outbox;
    private final Inbox inbox;
    private final List<Runnable> onceWritten = new ArrayList<>();
    private int fromLastLife;
    private Instant lastWrite = Instant.MIN;
    private boolean failed;
    private boolean stopped;

    Custodian(
            DeviceStore store,
            OutboxLimits outboxLimits,
            InboxLimits inboxLimits,
            @Nullable GatewayKey gateway,
            Clock clock,
            RandomGenerator random,
            DeviceListener listener,
            SmsPort modem,
            Correspondence correspondence,
            Executor strand) {
        this.clock = clock;
        this.listener = listener;
        this.modem = modem;
        this.correspondence = correspondence;
        this.random = random;
        this.strand = strand;
        this.outboxLedger = store.outbox();
        this.inboxLedger = store.inbox();
        Instant now = clock.instant();
        this.outbox = Outbox.recovered(
                outboxLimits,
                gateway,
                random,
                outboxLedger.recovered().stream().map(OutboxRecords::decode).toList(),
                now);
        this.inbox = Inbox.recovered(
                inboxLimits,
                inboxLedger.recovered().stream().map(InboxRecords::decode).toList(),
                now);
        this.fromLastLife = inbox.pending().size();
        inbox.pending().stream()
                .map(InboxEvent.Taken::use)
                .filter(use -> use.length() > 0)
                .forEach(correspondence::takenBefore);
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    /** For what comes in on a new session. */
    Arrivals arrivals() {
        return new Arrivals(inbox, correspondence, clock, random, strand);
    }

    /** Something to run once all that was decided before is durable. */
    void onceWritten(Runnable task) {
        onceWritten.add(task);
    }

    boolean hasFailed() {
        return failed;
    }

    /**
     * Does what has been decided since the last time.
     *
     * @param session where to; null while there is none
     */
    void perform(@Nullable Conversation session) {
        if (stopped) {
            return;
        }
        boolean busy = !failed;
        while (busy) {
            List<OutboxAction> actions = outbox.drain(clock.instant());
            List<InboxEvent> received = inbox.drain();
            busy = write(actions, received);
            if (busy) {
                // Also when there is nothing to write: messages that the phone knows already are acknowledged too.
                answer(actions, session);
                handOver();
                busy = !(actions.isEmpty() && received.isEmpty());
            }
        }
        List<Runnable> waiting = List.copyOf(onceWritten);
        onceWritten.clear();
        waiting.forEach(Runnable::run);
        compact();
    }

    private boolean write(List<OutboxAction> actions, List<InboxEvent> received) {
        List<OutboxEvent> events = actions.stream()
                .filter(OutboxAction.Write.class::isInstance)
                .map(action -> ((OutboxAction.Write) action).event())
                .toList();
        if (!events.isEmpty() || !received.isEmpty()) {
            lastWrite = clock.instant();
        }
        try {
            append(
                    outboxLedger,
                    events.stream().map(OutboxRecords::encode).toList(),
                    events.stream().allMatch(Custodian::mayBeRepeated));
            append(
                    inboxLedger,
                    received.stream().map(InboxRecords::encode).toList(),
                    received.stream().allMatch(InboxEvent.Seen.class::isInstance));
            if (!received.isEmpty()) {
                correspondence.written();
            }
            return true;
        } catch (UncheckedIOException e) {
            fail(e);
            return false;
        }
    }

    private static void append(Ledger ledger, List<Opaque> records, boolean lazily) {
        if (lazily) {
            ledger.appendLazily(records);
        } else {
            ledger.append(records);
        }
    }

    /** Losing one of these in a power cut costs a repetition, no more. */
    private static boolean mayBeRepeated(OutboxEvent event) {
        return event instanceof OutboxEvent.Forgotten
                || event instanceof OutboxEvent.Settled
                || event instanceof OutboxEvent.Held;
    }

    private void fail(UncheckedIOException cause) {
        failed = true;
        listener.on(new DeviceEvent.StoreFailed(String.valueOf(cause.getMessage())));
    }

    private void answer(List<OutboxAction> actions, @Nullable Conversation session) {
        if (session != null) {
            session.acknowledge();
        }
        for (OutboxAction action : actions) {
            if (action instanceof OutboxAction.Say say && session != null) {
                session.say(say.frame());
            } else if (action instanceof OutboxAction.TellHeld held) {
                listener.on(new DeviceEvent.Held(held.id(), held.expires()));
            } else if (action instanceof OutboxAction.TellEnded ended) {
                listener.on(new DeviceEvent.Ended(ended.id(), ended.outcome(), ended.at()));
                outbox.told(ended.id());
            } else if (action instanceof OutboxAction.HandToModem hand) {
                handToModem(hand);
            } else if (action instanceof OutboxAction.Seal seal) {
                seal(seal);
            }
        }
    }

    private void handToModem(OutboxAction.HandToModem hand) {
        modem.send(hand.id(), hand.sms())
                .whenComplete((result, failure) -> strand.execute(() ->
                        outbox.smsEnded(hand.id(), failure == null ? result : SmsResult.UNKNOWN, clock.instant())));
    }

    private void seal(OutboxAction.Seal seal) {
        correspondence
                .seal(seal.to(), seal.letter(), seal.devices())
                .whenComplete((answer, failure) -> strand.execute(() -> outbox.sealed(
                        seal.to(), failure == null ? answer : new SealAnswer.NotNow(null), clock.instant())));
    }

    private void handOver() {
        for (InboxEvent.Taken taken : inbox.pending()) {
            listener.on(new DeviceEvent.Received(taken.id(), taken.body(), fromLastLife > 0));
            fromLastLife = Math.max(0, fromLastLife - 1);
            inbox.handedOver(taken.id(), clock.instant());
        }
    }

    /** What is over is not kept: a ledger that holds mostly that is rewritten. */
    private void compact() {
        if (failed || stopped) {
            return;
        }
        try {
            boolean quiet = lastWrite.isBefore(clock.instant().minus(QUIET));
            if (isWasteful(outboxLedger, outbox.size()) || (quiet && outbox.isEmpty() && outboxLedger.size() > 0)) {
                outboxLedger.replace(
                        outbox.history().stream().map(OutboxRecords::encode).toList());
            }
            if (isWasteful(inboxLedger, inbox.size()) || (quiet && inboxLedger.size() > inbox.size())) {
                inboxLedger.replace(
                        inbox.history().stream().map(InboxRecords::encode).toList());
            }
        } catch (UncheckedIOException e) {
            fail(e);
        }
    }

    /** Rewrites both ledgers: what is over leaves the disk. */
    void close() {
        stopped = true;
        if (!failed) {
            outboxLedger.replace(
                    outbox.history().stream().map(OutboxRecords::encode).toList());
            inboxLedger.replace(
                    inbox.history().stream().map(InboxRecords::encode).toList());
        }
    }

    private static boolean isWasteful(Ledger ledger, int needed) {
        return ledger.size() > Math.max(MOST_RECORDS, MOST_WASTE * needed);
    }
}
