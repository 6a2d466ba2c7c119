package lethe.loadtest.kill;

import java.util.Locale;

/** What dies in one outage (SIGKILL), and is started again. */
public enum Victim {
    /** The broker: the phones' custody, and Cassandra's, is all there is. */
    BROKER,
    /** Cassandra, while the broker lives on: what is live goes on, what must be durable waits. */
    CASSANDRA,
    /** Both within a moment, as when a machine dies; both come back together. */
    BOTH;

    /** For people and for JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
