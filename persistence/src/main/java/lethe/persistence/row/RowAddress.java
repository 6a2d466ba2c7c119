package lethe.persistence.row;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.prekey.PrekeyRef;

/**
 * Where a row lies within its partition. No two incarnations share one, so a zombie's late write overwrites nothing.
 *
 * @param kind what it says
 * @param item of which thing
 * @param incarnation that wrote it
 */
public record RowAddress(RowKind kind, Opaque item, long incarnation) {
    /** Bytes: as long as a message id, so that it is hidden like one. */
    private static final int ITEM = 16;

    public static RowAddress head(long incarnation) {
        return new RowAddress(RowKind.HEAD, Opaque.empty(), incarnation);
    }

    public static RowAddress keys(long incarnation) {
        return new RowAddress(RowKind.KEYS, Opaque.empty(), incarnation);
    }

    public static RowAddress held(MessageId id, long incarnation) {
        return new RowAddress(RowKind.HELD, id.bytes(), incarnation);
    }

    /** Its item is a hash: which device and which id it is stands in the head. */
    public static RowAddress prekey(PrekeyRef prekey, long incarnation) {
        byte[] named = Statement.of("lethe/1 prekey row")
                .with(prekey.device().bytes())
                .with(prekey.suite())
                .with(prekey.id())
                .toBytes();
        return new RowAddress(RowKind.PREKEY, Opaque.wrap(Arrays.copyOf(sha256(named), ITEM)), incarnation);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static RowAddress receipt(MessageId id, long incarnation) {
        return new RowAddress(RowKind.RECEIPT, id.bytes(), incarnation);
    }
}
