package lethe.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A clock and its alarm, both wound by hand. */
public final class HandAlarm extends Clock implements Alarm {
    private record Ring(Instant at, Runnable task) {}

    private final List<Ring> rings = new ArrayList<>();
    private Instant now = Given.NOW;

    @Override
    public synchronized void in(Duration delay, Runnable task) {
        rings.add(new Ring(now.plus(delay), task));
    }

    /** Lets time pass; what is due meanwhile runs. */
    public void advance(Duration time) {
        Instant end = instant().plus(time);
        Ring next = nextBefore(end);
        while (next != null) {
            next.task().run();
            next = nextBefore(end);
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Ring nextBefore(Instant end) {
        Ring first = rings.stream().min(Comparator.comparing(Ring::at)).orElse(null);
        if (first == null || first.at().isAfter(end)) {
            return null;
        }
        rings.remove(first);
        now = first.at().isAfter(now) ? first.at() : now;
        return first;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
