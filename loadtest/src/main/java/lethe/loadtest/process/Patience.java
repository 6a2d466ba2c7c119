package lethe.loadtest.process;

import java.time.Duration;

/** How long the parts of an installation may take. Generous: a slow machine is no failure. */
final class Patience {
    static final Duration CASSANDRA_START = Duration.ofMinutes(3);
    static final Duration CASSANDRA_END = Duration.ofSeconds(30);
    static final Duration BROKER_START = Duration.ofMinutes(2);
    static final Duration BROKER_END = Duration.ofSeconds(30);
    static final Duration TAGGER_START = Duration.ofMinutes(1);
    static final Duration TAGGER_END = Duration.ofSeconds(10);

    private Patience() {}
}
