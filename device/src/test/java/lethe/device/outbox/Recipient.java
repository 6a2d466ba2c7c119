package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import org.jspecify.annotations.Nullable;

/** The recipient's actor and phone, as the protocol describes them, in the least code. */
final class Recipient {
    private static final int REMEMBERED = 64;
    private static final Instant LATER = Given.NOW.plus(Duration.ofDays(3));

    private static final List<ReceiptState> SMS_ENDS =
            List.of(ReceiptState.SMS_DELIVERED, ReceiptState.SMS_FAILED, ReceiptState.SMS_UNKNOWN);

    private final Random random;
    private final Map<MessageId, ClientFrame.Send> inMemory = new LinkedHashMap<>();
    private final Map<MessageId, ClientFrame.Send> held = new LinkedHashMap<>();
    private final Map<MessageId, ServerFrame> receipts = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, ServerFrame> recent = new LinkedHashMap<>();
    private final Set<MessageId> watched = new HashSet<>();
    /** What the recipient's application got, in this order. */
    final List<MessageId> application = new ArrayList<>();

    /** What a gateway has sent in place of messages. */
    final Map<MessageId, Opaque> bySms = new HashMap<>();

    private final Predicate<MessageId> opens;

    Recipient(Random random) {
        this(random, id -> true);
    }

    /**
     * One that cannot open everything.
     *
     * @param opens what it can: the same each time that it is asked
     */
    Recipient(Random random, Predicate<MessageId> opens) {
        this.random = random;
        this.opens = opens;
    }

    List<ServerFrame> send(ClientFrame.Send send, boolean hostile) {
        watched.add(send.id());
        ServerFrame standing = standing(send.id(), send.ref());
        if (standing != null) {
            return List.of(standing);
        }
        if (isWaiting(send.id())) {
            return List.of();
        }
        if (send.after() != null && !isWaiting(send.after()) && !wasDelivered(send.after())) {
            return List.of(refused(send.ref(), ProblemType.OUT_OF_ORDER));
        }
        if (hostile && random.nextInt(8) == 0) {
            return List.of(
                    refused(send.ref(), random.nextInt(4) == 0 ? ProblemType.TOO_LARGE : ProblemType.QUEUE_FULL));
        }
        inMemory.put(send.id(), send);
        return List.of();
    }

    private static ServerFrame refused(long ref, ProblemType type) {
        return new ServerFrame.Refused(ref, Problem.of(type));
    }

    private boolean isWaiting(MessageId id) {
        return inMemory.containsKey(id) || held.containsKey(id);
    }

    boolean isKnown(MessageId id) {
        return isWaiting(id) || receipts.containsKey(id) || recent.containsKey(id);
    }

    private boolean wasDelivered(MessageId id) {
        return standing(id, null) instanceof ServerFrame.Receipt receipt && receipt.state() == ReceiptState.DELIVERED;
    }

    private @Nullable ServerFrame standing(MessageId id, @Nullable Long ref) {
        if (held.containsKey(id)) {
            return new ServerFrame.Held(ref, id, LATER);
        }
        ServerFrame kept = receipts.get(id);
        return kept == null ? recent.get(id) : kept;
    }

    List<ServerFrame> watch(Collection<MessageId> ids) {
        List<ServerFrame> answers = new ArrayList<>();
        for (MessageId id : ids) {
            ServerFrame standing = standing(id, null);
            if (standing != null) {
                answers.add(standing);
            } else if (!isWaiting(id)) {
                answers.add(new ServerFrame.Unknown(id));
            }
            watched.add(id);
        }
        return answers;
    }

    void settle(Collection<MessageId> ids) {
        ids.forEach(receipts::remove);
    }

    List<ServerFrame> revoke(ClientFrame.Revoke revoke) {
        if (!isWaiting(revoke.id())) {
            return List.of(refused(revoke.ref(), isKnown(revoke.id()) ? ProblemType.GONE : ProblemType.NOT_FOUND));
        }
        return end(revoke.id(), new ServerFrame.Receipt(revoke.id(), ReceiptState.REVOKED, Instant.EPOCH, true));
    }

    /** Time passes: the phone takes something, or something is stored, or its deadline has come. */
    List<ServerFrame> step() {
        List<MessageId> waiting = new ArrayList<>(held.keySet());
        waiting.addAll(inMemory.keySet());
        if (waiting.isEmpty()) {
            return List.of();
        }
        MessageId first = waiting.get(0);
        return switch (random.nextInt(3)) {
            case 0 -> hold();
            case 1 -> {
                MessageId any = waiting.get(random.nextInt(waiting.size()));
                yield deadline(any);
            }
            default -> {
                boolean opened = opens.test(first);
                if (opened && !application.contains(first)) {
                    application.add(first);
                }
                ClientFrame.Send send = inMemory.get(first);
                // One channel holds across the actor's death only if such an end is durable before it is told.
                boolean stored = send == null || send.fallback() != null;
                ReceiptState state = opened ? ReceiptState.DELIVERED : ReceiptState.UNDECRYPTABLE;
                yield end(first, new ServerFrame.Receipt(first, state, Instant.EPOCH, stored));
            }
        };
    }

    private List<ServerFrame> hold() {
        List<ServerFrame> answers = new ArrayList<>();
        inMemory.forEach((id, send) -> answers.add(new ServerFrame.Held(send.ref(), id, LATER)));
        held.putAll(inMemory);
        inMemory.clear();
        return answers.stream()
                .filter(answer -> watched.contains(((ServerFrame.Held) answer).id()))
                .toList();
    }

    private List<ServerFrame> deadline(MessageId id) {
        ClientFrame.Send send = inMemory.getOrDefault(id, held.get(id));
        if (send == null || send.fallback() == null) {
            return List.of();
        }
        if (send.fallback() == Fallback.DEVICE) {
            return end(id, new ServerFrame.FallbackNow(id, Instant.EPOCH, true));
        }
        if (bySms.put(id, Objects.requireNonNull(send.capsule())) != null) {
            throw new AssertionError("two SMS for one message");
        }
        ReceiptState state = SMS_ENDS.get(random.nextInt(SMS_ENDS.size()));
        return end(id, new ServerFrame.Receipt(id, state, Instant.EPOCH, true));
    }

    private List<ServerFrame> end(MessageId id, ServerFrame receipt) {
        inMemory.remove(id);
        held.remove(id);
        boolean settle = receipt instanceof ServerFrame.Receipt plain ? plain.settle() : true;
        if (settle) {
            receipts.put(id, receipt);
        } else {
            recent.put(id, receipt);
            if (recent.size() > REMEMBERED) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
        return watched.remove(id) ? List.of(receipt) : List.of();
    }

    /** The broker is killed and comes up again: what was only in memory is gone. */
    void die() {
        inMemory.clear();
        recent.clear();
        watched.clear();
    }

    /** The sender's session is gone: nobody hears of ends. */
    void nobodyWatches() {
        watched.clear();
    }

    boolean keepsNothing() {
        return inMemory.isEmpty() && held.isEmpty() && receipts.isEmpty();
    }
}
