package lethe.loadtest.simulation;

import java.time.Instant;
import java.util.function.Consumer;

/** Rings for an owner once at the earliest of the times that it was set to. */
final class Alarm {
    private final Owner owner;
    private final Consumer<Desk> ring;
    private Instant set = Instant.MAX;

    Alarm(Owner owner, Consumer<Desk> ring) {
        this.owner = owner;
        this.ring = ring;
    }

    void noLaterThan(Instant time) {
        if (time.isBefore(set)) {
            set = time;
            owner.at(time, desk -> {
                if (set.equals(time)) {
                    set = Instant.MAX;
                    ring.accept(desk);
                }
            });
        }
    }
}
