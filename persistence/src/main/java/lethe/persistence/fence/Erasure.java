package lethe.persistence.fence;

import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.persistence.due.DueEntry;
import lethe.persistence.row.RowCodec;
import lethe.persistence.row.RowKind;

/** What the rows of a subscriber left outside of its partition. */
final class Erasure {

    private Erasure() {}

    /** The due entries of all envelopes, ghosts too. */
    static List<DueEntry> dueEntries(String pid, List<StoredRow> rows, RowCodec codec) {
        return rows.stream()
                .filter(row -> row.address().kind() == RowKind.HELD)
                .map(row -> new DueEntry(pid, row.address().item(), due(row, codec), row.writtenAt()))
                .toList();
    }

    private static Instant due(StoredRow row, RowCodec codec) {
        return codec.decodeHeld(new MessageId(row.address().item()), row.payload())
                .envelope()
                .due();
    }
}
