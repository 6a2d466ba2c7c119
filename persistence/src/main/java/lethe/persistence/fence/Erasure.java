package lethe.persistence.fence;

import java.util.List;
import java.util.stream.Stream;
import lethe.persistence.due.DueEntry;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;

/** What a subscriber left outside of its partition. */
final class Erasure {

    private Erasure() {}

    /** The due entries that its heads name, those of ghosts too; and those whose deletion may be under way. */
    static List<DueEntry> dueEntries(String pid, Claim claim, List<StoredRow> rows, RowCodec codec) {
        var undue = claim.undue().stream().map(at -> new DueEntry(pid, at, 0));
        return Stream.concat(named(pid, rows, codec), undue).toList();
    }

    private static Stream<DueEntry> named(String pid, List<StoredRow> rows, RowCodec codec) {
        return rows.stream()
                .filter(row -> row.address().kind() == RowKind.HEAD)
                .flatMap(row -> codec.decodeHead(row.payload()).dueAt().stream()
                        .map(at -> new DueEntry(pid, at, row.writtenAt())));
    }
}
