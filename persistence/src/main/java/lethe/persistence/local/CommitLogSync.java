package lethe.persistence.local;

import java.time.Duration;

/** When Cassandra answers a write, seen from its commit log. */
public sealed interface CommitLogSync {

    /** The lines of cassandra.yaml that say so. */
    String yaml();

    /**
     * The answer follows the sync; writes that arrive together share one. What was acknowledged survives a power cut.
     */
    static CommitLogSync batch() {
        return new Batch();
    }

    /** The answer follows a sync that happens once per window: fewer syncs, later answers. */
    static CommitLogSync group(Duration window) {
        return new Group(window);
    }

    /** The answer does not wait: a power cut loses up to one period. For measurements only. */
    static CommitLogSync periodic(Duration period) {
        return new Periodic(period);
    }

    /** See {@link #batch()}. */
    record Batch() implements CommitLogSync {
        @Override
        public String yaml() {
            return "commitlog_sync: batch";
        }
    }

    /** See {@link #group(Duration)}. */
    record Group(Duration window) implements CommitLogSync {
        @Override
        public String yaml() {
            return "commitlog_sync: group\ncommitlog_sync_group_window: " + window.toMillis() + "ms";
        }
    }

    /** See {@link #periodic(Duration)}. */
    record Periodic(Duration period) implements CommitLogSync {
        @Override
        public String yaml() {
            return "commitlog_sync: periodic\ncommitlog_sync_period: " + period.toMillis() + "ms";
        }
    }
}
