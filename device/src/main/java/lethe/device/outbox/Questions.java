package lethe.device.outbox;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;

/** What is to be settled and watched, gathered until it leaves in as few frames as possible: settled first. */
final class Questions {
    /** The most ids that a frame names. */
    private static final int MOST_IDS = 1_000;

    private final Map<Tag, Set<MessageId>> settling = new LinkedHashMap<>();
    private final Map<Tag, Set<MessageId>> watching = new LinkedHashMap<>();

    void settle(Tag to, MessageId id) {
        settling.computeIfAbsent(to, tag -> new LinkedHashSet<>()).add(id);
    }

    void watch(Tag to, MessageId id) {
        watching.computeIfAbsent(to, tag -> new LinkedHashSet<>()).add(id);
    }

    /** The frames, and nothing is left. */
    void drain(Consumer<ClientFrame> out) {
        drain(settling, ClientFrame.Settle::new, out);
        drain(watching, ClientFrame.Watch::new, out);
    }

    private static void drain(Map<Tag, Set<MessageId>> ids, Naming frame, Consumer<ClientFrame> out) {
        ids.forEach((to, all) -> {
            List<MessageId> list = List.copyOf(all);
            for (int from = 0; from < list.size(); from += MOST_IDS) {
                out.accept(frame.of(to, list.subList(from, Math.min(list.size(), from + MOST_IDS))));
            }
        });
        ids.clear();
    }

    void clear() {
        settling.clear();
        watching.clear();
    }

    private interface Naming {
        ClientFrame of(Tag to, List<MessageId> ids);
    }
}
