package lethe.device;

import java.net.URI;
import java.time.Duration;
import lethe.client.sealing.GatewayKey;
import lethe.core.identity.DeviceKey;
import lethe.device.inbox.InboxLimits;
import lethe.device.outbox.OutboxLimits;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * How a client talks to its broker.
 *
 * @param broker scheme, host and port, for example {@code http://127.0.0.1:8080}
 * @param credit how many messages may come in before the first is acknowledged
 * @param backoffFirst the longest wait before the first attempt to reconnect
 * @param backoffLast the longest wait before any attempt to reconnect
 * @param patience how long the broker may take to open a session, or to answer a ping
 * @param policyKey the operator's public policy key, pinned; null if any broker's policy is believed
 * @param gatewayKey the operator's gateway, pinned: what it shall send by SMS is sealed to this key; null for none
 */
public record DeviceSettings(
        URI broker,
        Encoding encoding,
        int credit,
        Duration backoffFirst,
        Duration backoffLast,
        Duration patience,
        OutboxLimits outbox,
        InboxLimits inbox,
        @Nullable DeviceKey policyKey,
        @Nullable GatewayKey gatewayKey) {
    /** CBOR, 64 messages of credit, back-off from 1 s to 5 min, 10 s of patience. */
    public static DeviceSettings of(URI broker) {
        return new DeviceSettings(
                broker,
                Encoding.CBOR,
                64,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                OutboxLimits.usual(),
                InboxLimits.usual(),
                null,
                null);
    }

    public DeviceSettings with(Encoding other) {
        return new DeviceSettings(
                broker, other, credit, backoffFirst, backoffLast, patience, outbox, inbox, policyKey, gatewayKey);
    }

    public DeviceSettings with(OutboxLimits other) {
        return new DeviceSettings(
                broker, encoding, credit, backoffFirst, backoffLast, patience, other, inbox, policyKey, gatewayKey);
    }

    public DeviceSettings withCredit(int messages) {
        return new DeviceSettings(
                broker, encoding, messages, backoffFirst, backoffLast, patience, outbox, inbox, policyKey, gatewayKey);
    }

    public DeviceSettings withBackoff(Duration first, Duration last) {
        return new DeviceSettings(
                broker, encoding, credit, first, last, patience, outbox, inbox, policyKey, gatewayKey);
    }

    /** From now on only a policy that this operator has signed is believed, and no lower epoch than the last. */
    public DeviceSettings pinning(DeviceKey operator) {
        return new DeviceSettings(
                broker, encoding, credit, backoffFirst, backoffLast, patience, outbox, inbox, operator, gatewayKey);
    }

    /** From now on messages may become SMS that this gateway sends. */
    public DeviceSettings sealingTo(GatewayKey gateway) {
        return new DeviceSettings(
                broker, encoding, credit, backoffFirst, backoffLast, patience, outbox, inbox, policyKey, gateway);
    }
}
