package lethe.persistence.fence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.persistence.row.RowAddress;
import lethe.persistence.row.RowKind;
import lethe.persistence.seal.OpenedRow;
import lethe.persistence.seal.RowKeys;
import lethe.persistence.seal.RowSealer;

/**
 * The rows of one partition as the disk has them. An envelope is opened with the key that its row keeps, or if the key
 * of that epoch is gone, with the one that a keys row says.
 */
final class SealedRows {
    private final String pid;
    private final RowSealer sealer;
    private final List<Row> rows = new ArrayList<>();

    private record Row(RowAddress address, long life, long sequence, Opaque sealed, long writtenAt) {}

    SealedRows(String pid, RowSealer sealer) {
        this.pid = pid;
        this.sealer = sealer;
    }

    void add(RowAddress address, long life, long sequence, Opaque sealed, long writtenAt) {
        rows.add(new Row(address, life, sequence, sealed, writtenAt));
    }

    /** All of them, opened as far as they can be. Keys are the same whichever incarnation said them, ghosts too. */
    List<StoredRow> open() {
        Map<RowAddress, byte[]> newer = new HashMap<>();
        for (Row row : rows) {
            if (row.address().kind() == RowKind.KEYS) {
                sealer.openForNow(pid, row.address(), row.sealed())
                        .ifPresent(opened -> newer.putAll(RowKeys.read(opened.plain())));
            }
        }
        return rows.stream().map(row -> opened(row, newer)).toList();
    }

    private StoredRow opened(Row row, Map<RowAddress, byte[]> newer) {
        return switch (row.address().kind()) {
            case HEAD, RECEIPT -> {
                Opaque plain = sealer.open(pid, row.address(), row.sealed()).orElse(null);
                yield new StoredRow(row.address(), row.life(), row.sequence(), plain, null, row.writtenAt());
            }
            case HELD -> opened(row, held(row, newer));
            case KEYS, PREKEY -> opened(row, Optional.empty());
        };
    }

    private Optional<OpenedRow> held(Row row, Map<RowAddress, byte[]> newer) {
        return sealer.openForNow(pid, row.address(), row.sealed())
                .or(() -> Optional.ofNullable(newer.get(row.address()))
                        .flatMap(key -> sealer.openWith(key, pid, row.address(), row.sealed())));
    }

    private static StoredRow opened(Row row, Optional<OpenedRow> opened) {
        return new StoredRow(
                row.address(),
                row.life(),
                row.sequence(),
                opened.map(OpenedRow::plain).orElse(null),
                opened.map(OpenedRow::key).orElse(null),
                row.writtenAt());
    }
}
