package lethe.device.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.core.identity.MessageId;
import org.jspecify.annotations.Nullable;

/** The messages of the outbox by id, oldest first: what its events fold into. */
final class Entries {
    private final Map<MessageId, Entry> entries = new LinkedHashMap<>();
    private long lastNumber;
    private long bytes;

    /** Folds one event in. An event of a message that is not there is a defect, or a ledger of another phone. */
    void apply(OutboxEvent event) {
        if (event instanceof OutboxEvent.Accepted accepted) {
            entries.put(event.id(), new Entry(accepted.message(), ++lastNumber, null, null));
            bytes += accepted.message().body().length();
        } else if (event instanceof OutboxEvent.Copied copied) {
            Entry original = get(event.id());
            Entry copy = new Entry(original.message.copyFor(copied), ++lastNumber, original, copied);
            bytes += size(copied);
            original.apply(event);
            original.copies.add(copy);
            entries.put(copy.id(), copy);
        } else if (event instanceof OutboxEvent.Forgotten) {
            Entry forgotten = get(event.id());
            bytes -= forgotten.message.body().length();
            forgotten.copies.forEach(copy -> bytes -= size(copy.copied));
            entries.remove(event.id());
            forgotten.copies.forEach(copy -> entries.remove(copy.id()));
        } else {
            get(event.id()).apply(event);
        }
    }

    Entry get(MessageId id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("the outbox has no message " + id);
        }
        return entry;
    }

    @Nullable
    Entry find(MessageId id) {
        return entries.get(id);
    }

    /** All, oldest first; safe against changes meanwhile. */
    Collection<Entry> all() {
        return List.copyOf(entries.values());
    }

    int size() {
        return entries.size();
    }

    private static int size(OutboxEvent.@Nullable Copied copy) {
        return copy == null || copy.envelope() == null ? 0 : copy.envelope().length();
    }

    /** Of all bodies and envelopes together. */
    long bytes() {
        return bytes;
    }

    /** The shortest history that folds into the same. */
    List<OutboxEvent> history() {
        List<OutboxEvent> events = new ArrayList<>();
        entries.values().forEach(entry -> events.addAll(entry.history()));
        return events;
    }
}
