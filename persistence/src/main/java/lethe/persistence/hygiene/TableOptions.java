package lethe.persistence.hygiene;

import java.time.Duration;

/**
 * What Cassandra was told about one table, as far as forgetting goes.
 *
 * @param name within the keyspace
 * @param gcGrace how long deletions are remembered
 * @param lifetime of a row that names none of its own; zero is for ever
 * @param cachesRows whether rows are kept in a cache of their own
 * @param capturesChanges whether its commit log is kept for a reader
 */
record TableOptions(String name, Duration gcGrace, Duration lifetime, boolean cachesRows, boolean capturesChanges) {}
