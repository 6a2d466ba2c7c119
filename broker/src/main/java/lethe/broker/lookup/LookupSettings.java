package lethe.broker.lookup;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;

/**
 * How often who is listed is published: {@code lethe.lookup}.
 *
 * @param fullEvery the length of a day, from one whole set to the next
 * @param deltaEvery the length of an hour, from one addition to the next; a second at least, and at most 400 in a day
 */
public record LookupSettings(Duration fullEvery, Duration deltaEvery) {
    /** The index of two days has at most a thousand items. */
    private static final int MOST_HOURS = 400;

    /** A whole set is void after so many days, and its bytes are kept for one more. */
    private static final int VALID_DAYS = 2;

    private static final int LOOKS_AN_HOUR = 60;
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    public LookupSettings {
        if (deltaEvery.toSeconds() < 1) {
            throw new IllegalArgumentException("lethe.lookup.delta-every is below a second");
        }
        if (fullEvery.compareTo(deltaEvery) < 0 || fullEvery.compareTo(deltaEvery.multipliedBy(MOST_HOURS)) > 0) {
            throw new IllegalArgumentException(
                    "lethe.lookup.full-every is not between delta-every and " + MOST_HOURS + " times that");
        }
    }

    /** Reads them. */
    public static LookupSettings from(Config lookup) {
        return new LookupSettings(lookup.getDuration("full-every"), lookup.getDuration("delta-every"));
    }

    long day(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), fullEvery.toMillis());
    }

    long hour(Instant at) {
        return Math.floorMod(at.toEpochMilli(), fullEvery.toMillis()) / deltaEvery.toMillis();
    }

    /** When a set that is built now is void. */
    Instant expires(Instant built) {
        return built.plus(fullEvery.multipliedBy(VALID_DAYS));
    }

    /** How long a set is kept. */
    Duration kept() {
        return fullEvery.multipliedBy(VALID_DAYS + 1);
    }

    /** How often it is looked whether there is something to publish, or something new to serve. */
    Duration look() {
        Duration often = deltaEvery.dividedBy(LOOKS_AN_HOUR);
        if (often.compareTo(SHORTEST_LOOK) < 0) {
            return SHORTEST_LOOK;
        }
        return often.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : often;
    }
}
