package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import lethe.client.sealing.SmsWording;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.device.sms.SmsCopy;
import org.jspecify.annotations.Nullable;

/**
 * A message that this phone has to deliver.
 *
 * @param device which of the recipient's devices; null if the recipient has one
 * @param body the envelope; or a letter in clear, if it is still to be sealed
 * @param sms the message as an SMS: with a text if the terms ask for {@link Fallback#DEVICE} or
 *     {@link Fallback#GATEWAY}, as a notice if they ask for {@link Fallback#NOTICE}, else null
 * @param at when the phone accepted it, by its own clock
 * @param handling whether envelopes are still to be made of the body
 */
public record Message(
        MessageId id,
        Tag to,
        @Nullable DeviceId device,
        Terms terms,
        Opaque body,
        @Nullable SmsCopy sms,
        Instant at,
        Handling handling) {
    public Message {
        if (!isServed(terms.fallback(), sms)) {
            throw new IllegalArgumentException("a fallback to SMS needs a number and what is said to it");
        }
    }

    private static boolean isServed(Fallback fallback, @Nullable SmsCopy sms) {
        return switch (fallback) {
            case NONE -> true;
            case DEVICE, GATEWAY -> sms != null && sms.wording() instanceof SmsWording.Text;
            case NOTICE -> sms != null && sms.wording() instanceof SmsWording.Notice;
        };
    }

    /** A message whose body goes out as it is. */
    public Message(
            MessageId id,
            Tag to,
            @Nullable DeviceId device,
            Terms terms,
            Opaque body,
            @Nullable SmsCopy sms,
            Instant at) {
        this(id, to, device, terms, body, sms, at, Handling.AS_IS);
    }

    /** The same for one of the recipient's devices. */
    Message copyFor(OutboxEvent.Copied copy) {
        Opaque sent = copy.envelope() == null ? body : copy.envelope();
        Terms left = copy.hasDeadline() ? terms : terms.withoutDeadline();
        return new Message(
                Copies.id(id, copy.device(), copy.attempt()), to, copy.device(), left, sent, sms, at, Handling.AS_IS);
    }

    boolean isPastTtl(Instant now) {
        Duration ttl = terms.ttl();
        return ttl != null && !now.isBefore(at.plus(ttl));
    }

    boolean isPastDeadline(Instant now) {
        Instant deadline = deadline();
        return deadline != null && !now.isBefore(deadline);
    }

    /** When the fallback begins; null if there is none. */
    @Nullable
    Instant deadline() {
        Duration deadline = terms.deadline();
        return deadline == null ? null : at.plus(deadline);
    }

    /**
     * The frame that offers it now, on what is left of its terms.
     *
     * @param expires when the lifetime ends that it was offered with before; null if this is the first time
     * @param list the version of the recipient's list of devices that it goes by; null for none
     * @param capsule what was sealed to a gateway; null if the fallback needs none
     */
    ClientFrame.Send toSend(
            long ref,
            @Nullable MessageId after,
            @Nullable Instant expires,
            @Nullable Long list,
            @Nullable Opaque capsule,
            Instant now) {
        Duration deadline = left(terms.deadline(), Terms.SHORTEST_DEADLINE, null, now);
        Duration ttl = left(terms.ttl(), deadline == null ? Duration.ZERO : deadline, expires, now);
        Fallback fallback = terms.fallback() == Fallback.NONE ? null : terms.fallback();
        return new ClientFrame.Send(
                ref, id, to, device, ttl, terms.urgency(), deadline, fallback, after, body, list, capsule);
    }

    /**
     * What is left now of a duration; at least the given least.
     *
     * @param whole null if the message names none
     * @param until when it ends; null if it began when the phone accepted the message
     */
    private @Nullable Duration left(@Nullable Duration whole, Duration least, @Nullable Instant until, Instant now) {
        Instant end = until == null && whole != null ? at.plus(whole) : until;
        if (end == null) {
            return null;
        }
        Duration left = Duration.between(now, end);
        if (left.compareTo(least) < 0) {
            return least;
        }
        return whole != null && left.compareTo(whole) > 0 ? whole : left; // the clock was set back
    }

    @Override
    public String toString() {
        return "Message[" + id + "]";
    }
}
