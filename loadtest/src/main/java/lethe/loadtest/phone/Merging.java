package lethe.loadtest.phone;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lethe.core.identity.MessageId;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;

/** What an application does with a message that comes over IP and as an SMS: shows it once. */
final class Merging {
    private final String phone;
    private final HistoryRecorder history;
    private final Set<MessageId> shown = ConcurrentHashMap.newKeySet();
    private final Set<MessageId> texted = ConcurrentHashMap.newKeySet();

    Merging(String phone, HistoryRecorder history) {
        this.phone = phone;
        this.history = history;
    }

    void shown(MessageId id) {
        shown.add(id);
        merge(id);
    }

    void texted(MessageId id) {
        texted.add(id);
        merge(id);
    }

    private void merge(MessageId id) {
        if (shown.contains(id) && texted.contains(id)) {
            history.record(at -> new HistoryEvent.Merged(at, phone, id.toText()));
        }
    }
}
