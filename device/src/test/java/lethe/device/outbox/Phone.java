package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ClientFrame;
import lethe.device.sms.SmsResult;

/** An outbox with a disk, a modem and an application, which may die at every point of its work. */
final class Phone {
    static final GatewayOpeningKey GATEWAY = GatewayOpeningKey.draw(new Random(7));

    private final Random random;
    private final OutboxLimits limits;
    private final List<OutboxEvent> disk = new ArrayList<>();
    final Queue<ClientFrame> said = new ArrayDeque<>();
    final Map<MessageId, Integer> handedToModem = new HashMap<>();
    final Map<MessageId, Outcome> told = new HashMap<>();
    final Map<MessageId, Outcome> written = new HashMap<>();
    final List<MessageId> accepted = new ArrayList<>();
    private final Map<MessageId, Instant> ends = new HashMap<>();
    private final Set<MessageId> offered = new HashSet<>();
    private final Set<MessageId> toldInThisLife = new HashSet<>();
    /** What is to be sealed. */
    final Queue<OutboxAction.Seal> asked = new ArrayDeque<>();

    Outbox outbox;

    Phone(Random random, OutboxLimits limits) {
        this.random = random;
        this.limits = limits;
        this.outbox = Outbox.recovered(limits, GATEWAY.gatewayKey(), random, disk, Instant.EPOCH);
    }

    /** Does what the outbox wants. Dies at a random point, if it shall. Returns whether it is still alive. */
    boolean perform(Instant now, boolean dies) {
        int left = dies ? random.nextInt(6) : Integer.MAX_VALUE;
        List<OutboxAction> actions = outbox.drain(now);
        while (!actions.isEmpty()) {
            for (OutboxAction action : ordered(actions)) {
                if (left-- == 0) {
                    return false;
                }
                perform(action, now);
            }
            actions = outbox.drain(now);
        }
        if (random.nextInt(20) == 0) {
            disk.clear();
            disk.addAll(outbox.history());
        }
        return true;
    }

    /** What is on the disk is worth what the outbox says that it needs, and that is worth itself. */
    void checkHistory() {
        List<OutboxEvent> history = outbox.history();
        Set<OutboxEvent> kept = history.stream()
                .map(event -> OutboxRecords.decode(OutboxRecords.encode(event)))
                .collect(Collectors.toSet());
        if (!folded(disk).equals(kept) || !folded(history).equals(kept)) {
            throw new AssertionError("the shortest history folds to something else");
        }
    }

    private static Set<OutboxEvent> folded(List<OutboxEvent> history) {
        Entries entries = new Entries();
        history.stream().map(OutboxRecords::encode).map(OutboxRecords::decode).forEach(entries::apply);
        return Set.copyOf(entries.history());
    }

    /** Writes first, each of which may be the last. */
    private static List<OutboxAction> ordered(List<OutboxAction> actions) {
        Map<Boolean, List<OutboxAction>> parts =
                actions.stream().collect(Collectors.partitioningBy(OutboxAction.Write.class::isInstance));
        List<OutboxAction> ordered = new ArrayList<>(parts.getOrDefault(true, List.of()));
        ordered.addAll(parts.getOrDefault(false, List.of()));
        return ordered;
    }

    private void perform(OutboxAction action, Instant now) {
        if (action instanceof OutboxAction.Write write) {
            write(OutboxRecords.decode(OutboxRecords.encode(write.event())));
        } else if (action instanceof OutboxAction.Say say) {
            checkLifetime(say.frame(), now);
            said.add(say.frame());
        } else if (action instanceof OutboxAction.TellEnded ended) {
            Outcome before = told.put(ended.id(), ended.outcome());
            if (before != null && !before.word().equals(ended.outcome().word())) {
                throw new AssertionError("told two ends of one message: " + before + ", " + ended.outcome());
            }
            if (!toldInThisLife.add(ended.id())) {
                throw new AssertionError("told one end twice");
            }
            outbox.told(ended.id());
        } else if (action instanceof OutboxAction.Seal seal) {
            asked.add(seal);
        } else if (action instanceof OutboxAction.HandToModem hand) {
            handedToModem.merge(hand.id(), 1, Integer::sum);
            if (random.nextBoolean()) {
                outbox.smsEnded(hand.id(), SmsResult.SENT, now);
            }
        }
    }

    private void checkLifetime(ClientFrame frame, Instant now) {
        if (frame instanceof ClientFrame.Send send
                && !offered.add(send.id())
                && !now.isBefore(ends.getOrDefault(send.id(), Instant.MAX))) {
            throw new AssertionError("sent again past its lifetime");
        }
    }

    private void write(OutboxEvent event) {
        disk.add(event);
        if (event instanceof OutboxEvent.Accepted one) {
            accepted.add(event.id());
            Duration ttl = one.message().terms().ttl();
            if (ttl != null) {
                ends.put(event.id(), one.message().at().plus(ttl));
            }
        } else if (event instanceof OutboxEvent.Ended ended && written.put(event.id(), ended.outcome()) != null) {
            throw new AssertionError("wrote two ends of one message");
        }
    }

    /** Comes up again from its disk. */
    void restart(Instant now) {
        said.clear();
        asked.clear();
        toldInThisLife.clear();
        outbox = Outbox.recovered(limits, GATEWAY.gatewayKey(), random, disk, now);
    }
}
