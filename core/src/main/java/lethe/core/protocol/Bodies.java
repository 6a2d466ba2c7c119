package lethe.core.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.core.account.DeviceList;
import lethe.core.block.ReportReason;
import lethe.core.consent.Policy;
import lethe.core.consent.Scope;
import lethe.core.consent.SignedPolicy;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.ownership.Ownership;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/** The bodies of the HTTP resources. Addresses travel in the headers {@code Lethe-Tag} and {@code Lethe-To}. */
public final class Bodies {
    private Bodies() {}

    /**
     * {@code GET /v1/policy}; and on the operators' port {@code PUT /policy}, which needs a signature.
     *
     * @param at when the operator signed it, to the millisecond; null if it is not signed
     * @param signature by the operator's policy key; null if it is not signed
     */
    public record PolicyInForce(
            long epoch,
            Opaque textHash,
            String text,
            @Nullable Instant at,
            @Nullable Opaque signature) {
        /** One that its operator has written into the settings. */
        public static PolicyInForce of(Policy policy, String text) {
            return new PolicyInForce(policy.epoch(), policy.textHash(), text, null, null);
        }

        public static PolicyInForce of(SignedPolicy signed) {
            Policy policy = signed.policy();
            return new PolicyInForce(policy.epoch(), policy.textHash(), signed.text(), signed.at(), signed.signature());
        }

        /** As it was signed; empty if it was not, or no policy can have this epoch. */
        public Optional<SignedPolicy> signed() {
            return at == null || signature == null || epoch < 1
                    ? Optional.empty()
                    : Optional.of(new SignedPolicy(new Policy(epoch, textHash), text, at, signature));
        }
    }

    /**
     * {@code PUT /v1/self/consent}: opts in; with the key that the signature is checked with.
     *
     * @param account whose address it is to be; null for a device on a list that the broker has
     */
    public record OptIn(
            DeviceId device,
            DeviceKey key,
            long epoch,
            Opaque textHash,
            Set<Scope> scopes,
            Instant at,
            Opaque signature,
            @Nullable AccountClaim account) {
        public OptIn {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * An account, as it shows itself.
     *
     * @param ownership a verifier's word that the number behind the address is this account's; null if there is none
     * @param pin signature of {@link lethe.core.account.Pin#statement}, 64 bytes; null if its owner gives no PIN
     */
    public record AccountClaim(
            DeviceKey key,
            DeviceList list,
            @Nullable Ownership ownership,
            @Nullable Opaque pin) {
        /** Without a PIN. */
        public AccountClaim(DeviceKey key, DeviceList list, @Nullable Ownership ownership) {
            this(key, list, ownership, null);
        }
    }

    /** {@code GET} and {@code PUT /v1/self/devices}. */
    public record AccountDevices(DeviceKey account, DeviceList list) {}

    /** {@code GET} and {@code PUT /v1/self/takeover}: components as in {@link ServerFrame.Contested}. */
    public record Claimant(DeviceKey account, Instant ends) {}

    /** {@code PUT /v1/self/pin}: the key that was derived from the PIN. */
    public record NewPin(DeviceKey key) {}

    /**
     * {@code GET /v1/self/pin}.
     *
     * @param left how many tries whoever proves the number still has
     */
    public record PinOnFile(int left) {}

    /** {@code GET /v1/self/consent}, and the answer to opting in. */
    public record ConsentOnFile(DeviceId device, long epoch, Set<Scope> scopes, Instant at) {
        public ConsentOnFile {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * {@code GET /v1/self/export}: all that the broker has of a subscriber. No content: that belongs to its senders.
     *
     * @param at when, by the broker's clock
     * @param textHash of the policy that was agreed to
     * @param signature of the consent
     * @param waiting for each device, in the order of the list
     * @param receipts of messages that others sent to this subscriber, not settled yet
     * @param listed whether its tag is published
     * @param claimant who else has proven the number; null if nobody has
     * @param pin null if none is set
     * @param blocked how many senders nothing is taken from; null if none
     * @param prekeys what each device has at the broker, in the order of the list; empty if none has any
     */
    public record Export(
            Instant at,
            ConsentOnFile consent,
            Opaque textHash,
            Opaque signature,
            AccountDevices devices,
            List<Waiting> waiting,
            int receipts,
            boolean listed,
            @Nullable Claimant claimant,
            @Nullable PinOnFile pin,
            @Nullable Integer blocked,
            List<PrekeyBodies.PrekeysLeft> prekeys) {
        public Export {
            waiting = List.copyOf(waiting);
            prekeys = List.copyOf(prekeys);
        }
    }

    /**
     * {@code GET /v1/self/blocks}.
     *
     * @param blocked how many senders nothing is taken from; who they are, the broker cannot tell
     * @param most that may be
     */
    public record BlockCount(int blocked, int most) {}

    /**
     * {@code POST /v1/reports}: a message that the device has received.
     *
     * @param proof that it has it: {@link lethe.core.block.Evidence#proof}, 32 bytes
     */
    public record Report(ReportReason reason, Opaque proof) {}

    /** What waits for one device: messages, and bytes of them. */
    public record Waiting(int messages, long bytes) {}

    /** {@code PUT /v1/outbox/ID}: components as in {@link ClientFrame.Send}. */
    public record Outgoing(
            @Nullable DeviceId device,
            @Nullable Duration ttl,
            @Nullable Urgency urgency,
            @Nullable Duration deadline,
            @Nullable Fallback fallback,
            @Nullable MessageId after,
            Opaque body,
            @Nullable Long list,
            @Nullable Opaque capsule) {
        /** Without a capsule. */
        public Outgoing(
                @Nullable DeviceId device,
                @Nullable Duration ttl,
                @Nullable Urgency urgency,
                @Nullable Duration deadline,
                @Nullable Fallback fallback,
                @Nullable MessageId after,
                Opaque body,
                @Nullable Long list) {
            this(device, ttl, urgency, deadline, fallback, after, body, list, null);
        }
    }

    /**
     * What became of a message: answer of {@code PUT}, {@code GET} and {@code DELETE /v1/outbox/ID}.
     *
     * @param state the state
     * @param at when it ended; null while held
     * @param expires when the broker gives up; null once it ended
     * @param fallback whether the phone shall send it as an SMS now
     * @param settle whether the broker keeps the receipt until it is settled
     */
    public record MessageStatus(
            MessageId id,
            ReceiptState state,
            @Nullable Instant at,
            @Nullable Instant expires,
            boolean fallback,
            boolean settle) {}

    /** {@code POST /v1/outbox/settled} and {@code POST /v1/inbox/acks}. At most 1,000 ids. */
    public record Ids(List<MessageId> ids) {
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /**
     * {@code GET /v1/inbox}.
     *
     * @param drained whether nothing else waits
     */
    public record Inbox(List<Incoming> messages, boolean drained) {
        public Inbox {
            messages = List.copyOf(messages);
        }
    }

    /** One message of the inbox: components as in {@link ServerFrame.Deliver}. */
    public record Incoming(MessageId id, Duration ttlLeft, Urgency urgency, Opaque body) {}
}
