package lethe.persistence.fence;

import java.util.List;
import java.util.Set;
import lethe.persistence.cassandra.Write;
import lethe.persistence.due.DueEntry;
import lethe.persistence.row.RowAddress;

/**
 * The statements of one save, in the order in which each group must be durable before the next begins.
 *
 * @param due the entry in the due index, if it needs a new one
 * @param first rows that do not fit into one batch with their head; they count for nothing before it
 * @param last the head, with all rows if they fit: one atomic write, after which the fence is asked
 * @param after deletions, once the fence has answered
 * @param undue the entry that is needed no longer, likewise
 * @param gone the rows that the deletions delete
 * @param timestamp of the deletions
 */
record SavePlan(
        List<DueEntry> due,
        List<Write> first,
        List<Write> last,
        List<Write> after,
        List<DueEntry> undue,
        Set<RowAddress> gone,
        long timestamp) {}
