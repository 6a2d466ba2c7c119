package lethe.core.protocol;

import java.time.Duration;
import java.util.List;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/** What a phone says on its socket. A component that may be null may be left out of the frame. */
public sealed interface ClientFrame {
    /**
     * The first frame of a phone, in answer to {@link ServerFrame.Challenge}.
     *
     * @param tag the phone's own address
     * @param device the phone
     * @param epoch the policy epoch that the phone consented to
     * @param proof signature by the device key over {@link #statement}
     * @param credit how many messages may be under way to the phone unacknowledged
     * @param resume the session that this one continues
     */
    record Hello(
            Tag tag,
            DeviceId device,
            long epoch,
            Opaque proof,
            int credit,
            @Nullable Resume resume) implements ClientFrame {
        /** What the device signs: the broker's nonce and who it claims to be. */
        public static byte[] statement(Opaque nonce, Tag tag, DeviceId device) {
            return Statement.of("lethe/1 hello")
                    .with(nonce)
                    .with(tag.bytes())
                    .with(device.bytes())
                    .toBytes();
        }
    }

    /**
     * Where an earlier session ended.
     *
     * @param session its id
     * @param acked the highest {@code seq} up to which the phone has everything; 0 if nothing
     */
    record Resume(SessionId session, long acked) {}

    /**
     * A message for one device. Sending the same id with the same body again is harmless and answers with its state.
     *
     * @param ref the phone's number for this frame; an error names it
     * @param id the message
     * @param to the recipient
     * @param device which of the recipient's devices; null if the recipient has one
     * @param ttl how long it may wait; null for the default; zero: now or never
     * @param urgency null for normal
     * @param deadline how long IP may try before {@code fallback}; null if there is none
     * @param fallback null for none
     * @param after the phone's previous message to this recipient that has not ended; null if there is none
     * @param body the envelope
     * @param list the version of the recipient's list of devices that the sender goes by; null if it knows none
     * @param capsule what a gateway shall send, sealed to it: up to {@link GatewayBodies#MOST_CAPSULE} bytes; null
     *     unless {@code fallback} needs one
     */
    record Send(
            long ref,
            MessageId id,
            Tag to,
            @Nullable DeviceId device,
            @Nullable Duration ttl,
            @Nullable Urgency urgency,
            @Nullable Duration deadline,
            @Nullable Fallback fallback,
            @Nullable MessageId after,
            Opaque body,
            @Nullable Long list,
            @Nullable Opaque capsule)
            implements ClientFrame {
        /** Without a capsule. */
        public Send(
                long ref,
                MessageId id,
                Tag to,
                @Nullable DeviceId device,
                @Nullable Duration ttl,
                @Nullable Urgency urgency,
                @Nullable Duration deadline,
                @Nullable Fallback fallback,
                @Nullable MessageId after,
                Opaque body,
                @Nullable Long list) {
            this(ref, id, to, device, ttl, urgency, deadline, fallback, after, body, list, null);
        }
    }

    /**
     * The phone has durably taken what it was given.
     *
     * @param upto every {@code seq} up to this one
     * @param except but not these
     * @param undecryptable and these, at most {@code upto}, it could not open; they are not offered again
     */
    record Ack(long upto, List<Long> except, List<Long> undecryptable) implements ClientFrame {
        public Ack {
            except = List.copyOf(except);
            undecryptable = List.copyOf(undecryptable);
        }
    }

    /** Withdraws a message that has not been acknowledged yet. */
    record Revoke(long ref, Tag to, MessageId id) implements ClientFrame {}

    /** Asks what became of messages, and to be told when they end. At most 1,000 ids. */
    record Watch(Tag to, List<MessageId> ids) implements ClientFrame {
        public Watch {
            ids = List.copyOf(ids);
        }
    }

    /** The phone has these terminal receipts durably; the broker may forget them. At most 1,000 ids. */
    record Settle(Tag to, List<MessageId> ids) implements ClientFrame {
        public Settle {
            ids = List.copyOf(ids);
        }
    }

    /** The phone takes this many more unacknowledged messages. */
    record Credit(int more) implements ClientFrame {}

    record Ping() implements ClientFrame {}

    /** The phone leaves. */
    record Bye() implements ClientFrame {}
}
