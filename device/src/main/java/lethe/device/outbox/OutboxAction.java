package lethe.device.outbox;

import java.time.Instant;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.device.sms.SmsCopy;

/**
 * What the outbox wants done. Of what one {@link Outbox#drain} gives, first all {@link Write}s are made durable, in
 * order, at once or only a first part of them; then the rest is done, in order.
 */
public sealed interface OutboxAction {
    record Write(OutboxEvent event) implements OutboxAction {}

    /** Only while connected. */
    record Say(ClientFrame frame) implements OutboxAction {}

    /**
     * To be sealed for a recipient's devices. The answer goes to {@link Outbox#sealed}; none other is asked for that
     * recipient before.
     *
     * @param letter in clear
     * @param devices for which; empty for whichever the recipient has
     */
    record Seal(Tag to, Opaque letter, Set<DeviceId> devices) implements OutboxAction {
        public Seal {
            devices = Set.copyOf(devices);
        }

        @Override
        public String toString() {
            return "Seal[***]";
        }
    }

    /** To the application: the broker has custody. It may come again. */
    record TellHeld(MessageId id, Instant expires) implements OutboxAction {}

    /**
     * To the application: the message ended. Afterwards {@link Outbox#told}. It comes once, but again if the phone died
     * before it could note that it had told.
     */
    record TellEnded(MessageId id, Outcome outcome, Instant at) implements OutboxAction {}

    /** To the modem, at most once for a message. Its answer goes to {@link Outbox#smsEnded}. */
    record HandToModem(MessageId id, SmsCopy sms) implements OutboxAction {}
}
