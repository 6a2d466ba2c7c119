package lethe.persistence.row;

import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;

/**
 * Where a row lies within its partition. No two incarnations share one, so a zombie's late write overwrites nothing.
 *
 * @param kind what it says
 * @param item of which thing
 * @param incarnation that wrote it
 */
public record RowAddress(RowKind kind, Opaque item, long incarnation) {

    public static RowAddress head(long incarnation) {
        return new RowAddress(RowKind.HEAD, Opaque.empty(), incarnation);
    }

    public static RowAddress keys(long incarnation) {
        return new RowAddress(RowKind.KEYS, Opaque.empty(), incarnation);
    }

    public static RowAddress held(MessageId id, long incarnation) {
        return new RowAddress(RowKind.HELD, id.bytes(), incarnation);
    }

    public static RowAddress receipt(MessageId id, long incarnation) {
        return new RowAddress(RowKind.RECEIPT, id.bytes(), incarnation);
    }
}
