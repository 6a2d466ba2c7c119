package lethe.broker.retention;

import java.util.Optional;
import lethe.persistence.audit.RetentionReport;
import org.jspecify.annotations.Nullable;

/** What the last audit on this node counted. Set by one thread, asked by many. */
public final class LastAudit {
    private volatile @Nullable RetentionReport report;

    /** Empty before the first, and on nodes that do not audit. */
    public Optional<RetentionReport> report() {
        return Optional.ofNullable(report);
    }

    void report(RetentionReport latest) {
        report = latest;
    }

    /** Another node audits from now on. */
    void forget() {
        report = null;
    }
}
