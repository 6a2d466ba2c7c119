package lethe.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lethe.persistence.audit.AuditedKind;
import lethe.persistence.audit.RetentionCount;
import lethe.persistence.audit.RetentionReport;

/** A retention report as operators read it: a line for each kind of row, then the verdict. */
final class RetentionTable {
    private RetentionTable() {}

    static String of(RetentionReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(line("table", "kind", "rows", "oldest", "without TTL", "too old", "unowned"));
        for (AuditedKind kind : AuditedKind.values()) {
            lines.add(line(kind, report.count(kind)));
        }
        lines.add("");
        lines.add("overdue: " + report.overdue());
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(AuditedKind kind, RetentionCount count) {
        return line(
                kind.table(),
                kind.word(),
                count.rows(),
                count.rows() == 0 ? "-" : age(count.oldest()),
                count.withoutTtl(),
                count.tooOld(),
                count.unowned());
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-12s %-9s %10s %8s %12s %8s %8s", cells);
    }

    /** In the largest unit that there is one of. */
    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        } else if (age.toHours() > 0) {
            return age.toHours() + " h";
        } else if (age.toMinutes() > 0) {
            return age.toMinutes() + " min";
        }
        return age.toSeconds() + " s";
    }
}
