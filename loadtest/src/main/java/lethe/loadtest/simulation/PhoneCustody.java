package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.time.Duration;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ClientFrame;
import lethe.device.inbox.Inbox;
import lethe.device.inbox.InboxEvent;
import lethe.device.inbox.InboxLimits;
import lethe.device.inbox.InboxRecords;
import lethe.device.outbox.Outbox;
import lethe.device.outbox.OutboxAction;
import lethe.device.outbox.OutboxEvent;
import lethe.device.outbox.OutboxLimits;
import lethe.device.outbox.OutboxRecords;
import lethe.device.sms.SmsResult;

/**
 * Performs what a phone's outbox and inbox decide, in the order of the device's custodian, and may die between any two
 * things. Leaves out letters: bodies go out as they are.
 */
final class PhoneCustody {
    /** As usual, but hurried and small, so that a run has much of it. */
    private static final OutboxLimits LIMITS = new OutboxLimits(
            200,
            1 << 20,
            6,
            24,
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));

    private static final int DIES_ONE_IN = 1_500;

    private final World world;
    private final Phone phone;
    private final Disk<OutboxEvent> outboxDisk = new Disk<>(OutboxRecords::encode, OutboxRecords::decode);
    private final Disk<InboxEvent> inboxDisk = new Disk<>(InboxRecords::encode, InboxRecords::decode);
    private final Application application;
    private Outbox outbox;
    private Inbox inbox;
    private int fromLastLife;

    PhoneCustody(World world, Phone phone) {
        this.world = world;
        this.phone = phone;
        this.application = new Application(world.chronicle(), phone.name());
        this.outbox = Outbox.recovered(LIMITS, world.dice().generator(), List.of(), phone.now());
        this.inbox = Inbox.recovered(InboxLimits.usual(), List.of(), phone.now());
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    /** The phone has died: what a later life finds is decided. */
    void die() {
        outboxDisk.die(world.dice());
        inboxDisk.die(world.dice());
        application.phoneDied();
    }

    /** The phone lives again. */
    void recover() {
        boolean forgets = world.plan().has(Plant.FORGETFUL_INBOX);
        outbox = Outbox.recovered(LIMITS, world.dice().generator(), outboxDisk.recovered(), phone.now());
        inbox = Inbox.recovered(InboxLimits.usual(), forgets ? List.of() : inboxDisk.recovered(), phone.now());
        fromLastLife = inbox.pending().size();
        perform();
    }

    /** Does what has been decided since the last time. */
    void perform() {
        boolean busy = true;
        while (busy) {
            List<OutboxAction> actions = outbox.drain(phone.now());
            List<InboxEvent> received = inbox.drain();
            busy = write(actions, received)
                    && answer(actions)
                    && handOver()
                    && !(actions.isEmpty() && received.isEmpty());
        }
        if (phone.isUp()) {
            compact();
        }
    }

    /** Whether the phone lives on after it. */
    private boolean write(List<OutboxAction> actions, List<InboxEvent> received) {
        if (world.plan().has(Plant.UNWRITTEN_SMS) && !handEarly(actions)) {
            return false;
        }
        List<OutboxEvent> events = actions.stream()
                .filter(OutboxAction.Write.class::isInstance)
                .map(action -> ((OutboxAction.Write) action).event())
                .toList();
        boolean lazily = events.stream().allMatch(PhoneCustody::mayBeRepeated);
        for (OutboxEvent event : events) {
            if (dies()) {
                return false;
            }
            outboxDisk.append(List.of(event), lazily);
            if (event instanceof OutboxEvent.Accepted accepted) {
                application.accepted(accepted.message());
            }
        }
        inboxDisk.append(received, received.stream().allMatch(InboxEvent.Seen.class::isInstance));
        return !dies();
    }

    private static boolean mayBeRepeated(OutboxEvent event) {
        return event instanceof OutboxEvent.Forgotten
                || event instanceof OutboxEvent.Settled
                || event instanceof OutboxEvent.Held;
    }

    private boolean handEarly(List<OutboxAction> actions) {
        for (OutboxAction action : actions) {
            if (action instanceof OutboxAction.HandToModem hand) {
                application.atModem(hand.id());
            }
        }
        return !dies();
    }

    private boolean answer(List<OutboxAction> actions) {
        phone.acknowledge();
        for (OutboxAction action : actions) {
            if (dies()) {
                return false;
            }
            if (action instanceof OutboxAction.Say say) {
                phone.say(say.frame());
            } else if (action instanceof OutboxAction.TellHeld held) {
                application.held(held.id());
            } else if (action instanceof OutboxAction.TellEnded ended) {
                application.ended(ended.id(), ended.outcome());
                outbox.told(ended.id());
            } else if (action instanceof OutboxAction.HandToModem hand) {
                handToModem(hand.id());
            }
        }
        return true;
    }

    private void handToModem(MessageId id) {
        if (!world.plan().has(Plant.UNWRITTEN_SMS)) {
            application.atModem(id);
        }
        SmsResult result = world.dice().oneIn(20) ? SmsResult.FAILED : SmsResult.SENT;
        phone.later(world.dice().about(2 * SECOND), () -> {
            outbox.smsEnded(id, result, phone.now());
            perform();
        });
    }

    private boolean handOver() {
        for (InboxEvent.Taken taken : inbox.pending()) {
            if (dies()) {
                return false;
            }
            application.received(taken.id(), taken.body(), fromLastLife > 0);
            fromLastLife = Math.max(0, fromLastLife - 1);
            inbox.handedOver(taken.id(), phone.now());
        }
        return true;
    }

    private void compact() {
        if (outboxDisk.isWasteful(outbox.size())) {
            outboxDisk.replace(outbox.history());
        }
        if (inboxDisk.isWasteful(inbox.size())) {
            inboxDisk.replace(inbox.history());
        }
    }

    /** Now, if at all. */
    boolean dies() {
        if (world.mayDie() && world.dice().oneIn(DIES_ONE_IN)) {
            phone.crash();
        }
        return !phone.isUp();
    }

    /** Whether all has ended, and is told and settled. */
    boolean isEmpty() {
        return outbox.isEmpty() && inbox.pending().isEmpty();
    }

    Application application() {
        return application;
    }

    /** A frame as a phone with a defect would say it. */
    ClientFrame distorted(ClientFrame frame) {
        return world.plan().has(Plant.OTHER_ID) && frame instanceof ClientFrame.Send send
                ? application.underAnotherId(send)
                : frame;
    }
}
