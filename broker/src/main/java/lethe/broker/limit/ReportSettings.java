package lethe.broker.limit;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What reports come to.
 *
 * @param threshold subscribers who must have reported a sender within a day
 * @param restrained how long it may send little then
 * @param sendsPerMinute how little
 */
public record ReportSettings(int threshold, Duration restrained, int sendsPerMinute) {
    private static final int MOST_REPORTERS = 100;

    public ReportSettings {
        if (threshold < 1 || threshold > MOST_REPORTERS) {
            throw new IllegalArgumentException("lethe.reports.threshold is between 1 and " + MOST_REPORTERS);
        }
        if (restrained.isNegative() || restrained.isZero() || sendsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "lethe.reports.restrained is longer than nothing, and sends-per-minute at least 1");
        }
    }

    /** Reads {@code lethe.reports}. */
    public static ReportSettings from(Config config) {
        return new ReportSettings(
                config.getInt("threshold"), config.getDuration("restrained"), config.getInt("sends-per-minute"));
    }
}
