package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.subscriber.SubscriberEvent;

/** An event of a subscriber, as stored. The names are stored: never change one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EventRow.OptedIn.class, name = "opted-in"),
    @JsonSubTypes.Type(value = EventRow.OptedOut.class, name = "opted-out"),
    @JsonSubTypes.Type(value = EventRow.Held.class, name = "held"),
    @JsonSubTypes.Type(value = EventRow.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = EventRow.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = EventRow.Woken.class, name = "woken"),
    @JsonSubTypes.Type(value = EventRow.Recovered.class, name = "recovered"),
})
sealed interface EventRow {

    SubscriberEvent toEvent();

    static EventRow of(SubscriberEvent event) {
        if (event instanceof SubscriberEvent.OptedIn in) {
            return new OptedIn(ConsentRow.of(in.consent()), DeviceRow.of(in.device()));
        } else if (event instanceof SubscriberEvent.OptedOut) {
            return new OptedOut();
        } else if (event instanceof SubscriberEvent.Held held) {
            // The envelopes go with the save, and only there: an event carries no content.
            return new Held(bytes(held.ids()));
        } else if (event instanceof SubscriberEvent.Ended ended) {
            return new Ended(ended.receipts().stream().map(ReceiptRow::of).toList());
        } else if (event instanceof SubscriberEvent.Settled settled) {
            return new Settled(bytes(settled.ids()));
        } else if (event instanceof SubscriberEvent.Woken woken) {
            return new Woken(woken.at().toEpochMilli());
        } else if (event instanceof SubscriberEvent.Recovered) {
            return new Recovered();
        }
        throw new IllegalArgumentException(
                "no stored form for " + event.getClass().getName());
    }

    record OptedIn(
            @JsonProperty("consent") ConsentRow consent,
            @JsonProperty("device") DeviceRow device) implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.OptedIn(consent.toConsent(), device.toDevice());
        }
    }

    record OptedOut() implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.OptedOut();
        }
    }

    record Held(@JsonProperty("ids") List<Opaque> ids) implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.Held(messageIds(ids), List.of());
        }
    }

    record Ended(@JsonProperty("receipts") List<ReceiptRow> receipts) implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.Ended(
                    receipts.stream().map(ReceiptRow::toReceipt).toList());
        }
    }

    record Settled(@JsonProperty("ids") List<Opaque> ids) implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.Settled(messageIds(ids));
        }
    }

    record Woken(@JsonProperty("at") long at) implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.Woken(Instant.ofEpochMilli(at));
        }
    }

    record Recovered() implements EventRow {
        @Override
        public SubscriberEvent toEvent() {
            return new SubscriberEvent.Recovered();
        }
    }

    private static List<Opaque> bytes(List<MessageId> ids) {
        return ids.stream().map(MessageId::bytes).toList();
    }

    private static List<MessageId> messageIds(List<Opaque> ids) {
        return ids.stream().map(MessageId::new).toList();
    }
}
