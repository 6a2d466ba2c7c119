package lethe.persistence.fence;

import java.util.List;
import lethe.persistence.due.DueEntry;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;

/** What the rows of a subscriber left outside of its partition. */
final class Erasure {

    private Erasure() {}

    /** The due entries that its heads name, those of ghosts too. */
    static List<DueEntry> dueEntries(String pid, List<StoredRow> rows, RowCodec codec) {
        return rows.stream()
                .filter(row -> row.address().kind() == RowKind.HEAD)
                .flatMap(row -> codec.decodeHead(row.payload()).dueAt().stream()
                        .map(at -> new DueEntry(pid, at, row.writtenAt())))
                .toList();
    }
}
