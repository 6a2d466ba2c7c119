package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a subscriber on a node: recovers, handles one command at a time, and handles none while it saves.
 * What comes meanwhile waits. A save that is not confirmed is its end.
 *
 * <p>Stands for the broker's actor, with {@link Desk}. Leaves out bounds of what waits for it, and that it leaves
 * memory by itself: the run stops it now and then. What waits when it stops is lost, where shards would keep it.
 */
final class Owner {
    private final World world;
    private final Node node;
    private final int subscriber;
    private final ArrayDeque<Consumer<Desk>> waiting = new ArrayDeque<>();
    private @Nullable Desk desk;
    private @Nullable Runnable afterwards;
    private long sequence;
    private boolean busy = true;
    private boolean alive = true;

    Owner(World world, Node node, int subscriber) {
        this.world = world;
        this.node = node;
        this.subscriber = subscriber;
    }

    Node node() {
        return node;
    }

    int subscriber() {
        return subscriber;
    }

    /** Takes its number, and reads what there is. */
    void recover() {
        var unused = node.fence()
                .load(subscriber)
                .whenComplete((loaded, failure) -> guarded(failure, () -> recovered(loaded)));
    }

    private void recovered(Optional<Fence.Loaded> loaded) {
        SubscriberState state = loaded.map(Fence.Loaded::state)
                .orElseGet(() -> SubscriberState.absent(node.clock().millis()));
        loaded.ifPresent(found -> sequence = found.sequence());
        world.trace().say(() -> "  owner of " + subscriber + " at node " + node.number() + ": " + state);
        desk = new Desk(world, this, state);
        desk.open();
    }

    /** A command has come. */
    void take(Consumer<Desk> command) {
        if (alive) {
            waiting.add(command);
            goOn();
        }
    }

    private void goOn() {
        while (alive && !busy && !waiting.isEmpty()) {
            waiting.removeFirst().accept(Objects.requireNonNull(desk, "not recovered"));
        }
    }

    /** Stores what happened. What follows runs when it is durable, and no later incarnation exists. */
    void persist(SubscriberState state, List<SubscriberEvent> events, Runnable then) {
        busy = true;
        var unused = node.fence()
                .accept(subscriber, events.get(0))
                .thenCompose(accepted -> {
                    events.forEach(event -> event.applyTo(state));
                    sequence += events.size();
                    return node.fence().save(subscriber, sequence, state);
                })
                .whenComplete((saved, failure) -> guarded(failure, () -> {
                    state.saved();
                    then.run();
                }));
    }

    /** What the store does not confirm ends the owner; any other failure is a defect. */
    private void guarded(@Nullable Throwable failure, Runnable then) {
        if (!alive) {
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null) {
            busy = false;
            world.attempt(() -> {
                then.run();
                goOn();
            });
        } else if (cause instanceof Store.NotConfirmed) {
            leave();
        } else {
            world.defect(cause);
        }
    }

    /** Somebody else is to own it: it stores everything, and then leaves. */
    void stop(Runnable then) {
        afterwards = then;
        take(working -> working.storeAll(this::leave));
    }

    /** It lives no longer, and its node knows. */
    void leave() {
        if (desk != null) {
            desk.dismiss();
        }
        die();
        node.left(this);
    }

    /** Everything in memory is gone. Whoever is connected finds out. */
    void die() {
        world.trace().say(() -> "  owner of " + subscriber + " at node " + node.number() + " is gone");
        alive = false;
        waiting.clear();
        if (desk != null) {
            desk.bereave();
        }
        if (afterwards != null) {
            world.timeline().after(world.dice().about(SECOND), afterwards);
            afterwards = null;
        }
    }

    /** Does something at a time by this node's clock. */
    void at(Instant time, Consumer<Desk> what) {
        long micros = ChronoUnit.MICROS.between(node.clock().instant(), time);
        node.later(Math.max(0, micros) + 1, () -> take(what));
    }
}
