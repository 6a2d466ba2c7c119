package lethe.persistence.audit;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The subscribers of a range, as their rows are read: those of one follow each other, its heads first.
 *
 * <p>A row is owned if it is of the life that the table of numbers names, and that life has a head. What else is there
 * was left by a crash, or by an incarnation that others had replaced.
 */
final class Partitions {

    private final Tally tally;

    /** By persistence id: what the table of numbers says of it. Those whose head was found are taken out. */
    private final Map<String, Life> headless = new HashMap<>();

    private final Map<String, Long> lives = new HashMap<>();
    private String present = "";
    private boolean hasHead;

    /**
     * A life, in the table of numbers.
     *
     * @param born its first number
     * @param writtenAt when its present number was taken
     */
    record Life(long born, Instant writtenAt) {}

    Partitions(Tally tally) {
        this.tally = tally;
    }

    /** A row of the table of numbers. All of the range come before the first row of a subscriber. */
    void number(Row row) {
        var pid = pid(row);
        var life = new Life(row.getLong("born"), writtenAt(row));
        lives.put(pid, life.born());
        headless.put(pid, life);
    }

    /** A row of a subscriber. */
    void row(Row row) {
        var pid = pid(row);
        if (!pid.equals(present)) {
            present = pid;
            hasHead = false;
        }
        var kind = AuditedKind.ofCode(row.getByte("kind"));
        var born = lives.get(pid);
        var ofThisLife = born != null && born == row.getLong("life");
        if (kind == AuditedKind.HEAD && ofThisLife) {
            hasHead = true;
            var life = headless.remove(pid);
            if (life != null) {
                tally.count(AuditedKind.NUMBER, life.writtenAt(), false);
            }
        }
        if (ofThisLife && hasHead) {
            tally.count(kind, writtenAt(row), ends(row));
        } else {
            tally.countUnowned(kind, writtenAt(row), ends(row));
        }
    }

    /** After the last row: the lives that have no head, by persistence id. */
    Map<String, Life> headless() {
        return headless;
    }

    static String pid(Row row) {
        return Objects.requireNonNull(row.getString("pid"));
    }

    /** 1970 for a row whose content is missing: too old, whatever it is. */
    static Instant writtenAt(Row row) {
        return Instant.ofEpochMilli(row.getLong("written_at") / 1000);
    }

    static boolean ends(Row row) {
        return !row.isNull("remaining");
    }
}
