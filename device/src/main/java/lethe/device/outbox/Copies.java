package lethe.device.outbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Difference;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Which devices recipients have, as far as brokers have said so, and what becomes of a message to several: each gets a
 * copy with an id of its own, and the message ends with the first that is delivered, or with the last of them.
 */
final class Copies {
    private static final byte[] USE = "lethe/1 copy".getBytes(StandardCharsets.US_ASCII);

    static final Outcome DELIVERED = new Outcome.Receipted(ReceiptState.DELIVERED);
    static final Outcome UNDECRYPTABLE = new Outcome.Receipted(ReceiptState.UNDECRYPTABLE);
    private static final Outcome REVOKED = new Outcome.Receipted(ReceiptState.REVOKED);
    private static final Outcome SMS_DELIVERED = new Outcome.Receipted(ReceiptState.SMS_DELIVERED);

    /** What tells more of a message than how its other copies ended. */
    private static final List<Outcome> SMS_ENDS =
            List.of(new Outcome.Receipted(ReceiptState.SMS_UNKNOWN), new Outcome.Receipted(ReceiptState.SMS_FAILED));

    /** Lists are counted from 1 on. */
    private static final long UNKNOWN = 0;

    private final Map<Tag, Difference> known = new HashMap<>();

    /** A broker has refused a message and said what devices there are. */
    void learn(Tag recipient, Difference difference) {
        known.put(recipient, difference);
    }

    /** This is a message of the phone's last life: those after it must not overtake it. */
    void recall(Entry entry) {
        DeviceId device = entry.message.device();
        if (entry.original != null && device != null) {
            List<DeviceId> devices = new ArrayList<>(
                    known.getOrDefault(entry.message.to(), Difference.NONE).devices());
            if (!devices.contains(device)) {
                devices.add(device);
            }
            learn(entry.message.to(), new Difference(UNKNOWN, devices, List.of(), List.of(), List.of()));
        }
    }

    /**
     * The devices that still need a copy of a message; none if it is one, or nothing is known of the recipient's. One
     * whose other devices have gone gets copies on: what goes to it must not overtake those under way.
     */
    List<DeviceId> needed(Entry entry) {
        List<DeviceId> devices =
                known.getOrDefault(entry.message.to(), Difference.NONE).devices();
        if (entry.message.device() != null) {
            return List.of();
        }
        List<DeviceId> served =
                entry.copies.stream().map(copy -> copy.message.device()).toList();
        return devices.stream().filter(device -> !served.contains(device)).toList();
    }

    /** Whether a copy is for a device that the recipient has no more. */
    boolean isForNobody(Entry copy) {
        Difference difference = known.get(copy.message.to());
        return difference != null && !difference.devices().contains(copy.message.device());
    }

    /** The version of the recipient's list that a message goes by; null if it is no copy. */
    @Nullable
    Long list(Entry entry) {
        Difference difference = known.get(entry.message.to());
        return entry.original == null || difference == null || difference.list() == UNKNOWN ? null : difference.list();
    }

    /** The id of a message's copy for a device: the same each time, so that a copy is not made twice. */
    static MessageId id(MessageId message, DeviceId device, int attempt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(USE);
            digest.update(message.bytes().shared());
            digest.update(device.bytes().shared());
            byte[] hash = digest.digest(attempt == 0 ? new byte[0] : new byte[] {(byte) attempt});
            return new MessageId(Opaque.wrap(Arrays.copyOf(hash, MessageId.LENGTH)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The devices that could not open a letter, and for which it is to be sealed anew: once, and not if its owner wants
     * it back or it ended in another way than by being delivered.
     */
    static List<DeviceId> owed(Entry letter) {
        boolean open = letter.phase == Phase.COPIED || letter.endedIn(DELIVERED);
        if (!letter.message.handling().isSealed() || letter.revokeAsked || letter.abandoned || !open) {
            return List.of();
        }
        return last(letter).stream()
                .filter(copy -> copy.endedIn(UNDECRYPTABLE))
                .filter(copy -> letter.copies.stream()
                        .noneMatch(other ->
                                isSameDevice(other, copy) && other.copied != null && other.copied.isSealedAnew()))
                .flatMap(copy -> Optional.ofNullable(copy.message.device()).stream())
                .toList();
    }

    /**
     * The copies that came too late for their deadline, of a message that another device got: it needs none any more.
     */
    static List<Entry> overdue(Entry message) {
        if (!message.endedIn(DELIVERED) || message.revokeAsked) {
            return List.of();
        }
        return last(message).stream()
                .filter(copy -> copy.endedIn(REVOKED) && copy.message.terms().fallback() == Fallback.DEVICE)
                .toList();
    }

    /**
     * Whether a message, or a copy of it, may have a gateway send an SMS.
     *
     * @param refused what a broker has just refused because the devices are others; null if nothing
     */
    boolean mayBecomeSms(Entry message, @Nullable Entry refused) {
        boolean itself = message.isOffered() && !message.firstOfferedHere;
        return itself
                || message.copies.stream()
                        .anyMatch(copy -> copy.isForGateway() && !hasEndedWithout(copy) && !goes(copy, refused));
    }

    private static boolean hasEndedWithout(Entry copy) {
        return copy.endedIn(UNDECRYPTABLE) || (copy.end != null && copy.end.outcome() instanceof Outcome.Refused);
    }

    /** Whether a copy is for a device that is no more, and no broker can have it. */
    private boolean goes(Entry copy, @Nullable Entry refused) {
        boolean withNobody = copy == refused ? copy.firstOfferedHere : !copy.isOffered();
        return copy.isUnanswered() && withNobody && isForNobody(copy);
    }

    /** The copy that counts for each device: the last. */
    private static List<Entry> last(Entry message) {
        return message.copies.stream()
                .filter(copy -> message.copies.stream()
                        .noneMatch(other -> other.number > copy.number && isSameDevice(other, copy)))
                .toList();
    }

    private static boolean isSameDevice(Entry one, Entry another) {
        return Objects.equals(one.message.device(), another.message.device());
    }

    /** Whether a letter was refused as a whole, because the recipient's devices are others by now. */
    static boolean isForOthers(Entry letter) {
        return letter.phase == Phase.COPIED
                && !letter.revokeAsked
                && last(letter).stream()
                        .allMatch(copy -> copy.end != null
                                && copy.end.outcome() instanceof Outcome.Refused refused
                                && refused.problem().type() == ProblemType.DEVICES_DIFFER);
    }

    /** Whether no copy is left that may go over IP, or may have. */
    static boolean areInVain(Entry message) {
        return message.phase == Phase.COPIED
                && last(message).stream()
                        .allMatch(copy -> copy.endedIn(REVOKED)
                                || copy.endedIn(UNDECRYPTABLE)
                                || (copy.end != null && copy.end.outcome() instanceof Outcome.Refused));
    }

    /**
     * How a message ends by what has become of its copies; empty if that is open.
     *
     * @param more whether it may get more of them
     */
    static Optional<Verdict> verdict(Entry message, boolean more) {
        List<Entry> last = last(message);
        List<Outcome> ends = last.stream()
                .flatMap(copy -> Optional.ofNullable(copy.end).stream())
                .map(OutboxEvent.Ended::outcome)
                .toList();
        if (ends.contains(DELIVERED)) {
            return Optional.of(new Verdict.Ends(DELIVERED));
        }
        if (ends.contains(SMS_DELIVERED)) {
            return Optional.of(new Verdict.Ends(SMS_DELIVERED));
        }
        if (more || ends.size() < last.size()) {
            return Optional.empty();
        }
        if (ends.contains(REVOKED)
                && areInVain(message)
                && !message.revokeAsked
                && message.message.terms().fallback() == Fallback.DEVICE) {
            return Optional.of(new Verdict.FallsBack());
        }
        return Optional.of(new Verdict.Ends(telling(message, ends)));
    }

    private static Outcome telling(Entry message, List<Outcome> ends) {
        // A copy is taken back at its deadline too, which is not what its owner wanted.
        List<Outcome> others = ends.stream()
                .filter(end -> message.revokeAsked || !end.equals(REVOKED))
                .toList();
        return SMS_ENDS.stream()
                .filter(others::contains)
                .findFirst()
                .or(() -> others.stream()
                        .filter(Outcome.Receipted.class::isInstance)
                        .findFirst())
                .or(() -> others.stream().findFirst())
                .orElse(ends.get(0));
    }

    sealed interface Verdict {
        record Ends(Outcome outcome) implements Verdict {}

        /** No copy was delivered, and none can be any more. */
        record FallsBack() implements Verdict {}
    }
}
