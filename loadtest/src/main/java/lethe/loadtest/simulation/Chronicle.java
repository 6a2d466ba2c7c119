package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.device.outbox.Message;
import lethe.loadtest.history.HistoryEvent;

/** The history of a run, as applications saw it. */
final class Chronicle {
    private static final long NANOS_PER_MICRO = 1_000;

    private final World world;
    private final List<HistoryEvent> events = new ArrayList<>();

    Chronicle(World world) {
        this.world = world;
    }

    List<HistoryEvent> events() {
        return events;
    }

    /** Now, as its events say it. */
    long nanos() {
        return world.timeline().now() * NANOS_PER_MICRO;
    }

    private void add(HistoryEvent event) {
        events.add(event);
        world.timeline().note(event.toString().hashCode());
        world.trace().say(event::toString);
    }

    void sent(String from, Message message, long number) {
        String to = world.phone(world.numberOf(message.to())).name();
        add(new HistoryEvent.Sent(nanos(), from, to, message.id().toText(), number, digest(message.body())));
        world.truth().sent(message, to);
    }

    void held(String from, MessageId id) {
        add(new HistoryEvent.Held(nanos(), from, id.toText()));
        world.truth().held(id);
    }

    void delivered(String to, MessageId id, Opaque body) {
        add(new HistoryEvent.Delivered(nanos(), to, id.toText(), digest(body)));
    }

    void ended(String from, MessageId id, String outcome) {
        add(new HistoryEvent.Ended(nanos(), from, id.toText(), outcome));
    }

    void sentAsSms(String from, MessageId id) {
        add(new HistoryEvent.SentAsSms(nanos(), from, id.toText()));
    }

    void optedIn(String subscriber) {
        add(new HistoryEvent.OptedIn(nanos(), subscriber));
    }

    void optedOut(String subscriber) {
        add(new HistoryEvent.OptedOut(nanos(), subscriber));
        world.truth().erased(subscriber, nanos());
    }

    void fault(String what) {
        add(new HistoryEvent.Fault(nanos(), what));
        world.truth().fault();
    }

    private static String digest(Opaque body) {
        return Integer.toHexString(body.hashCode());
    }
}
