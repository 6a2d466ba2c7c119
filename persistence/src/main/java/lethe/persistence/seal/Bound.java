package lethe.persistence.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lethe.persistence.row.RowAddress;

/** What a row is bound to: its place. Elsewhere it does not open. */
final class Bound {
    private Bound() {}

    static byte[] to(String persistenceId, RowAddress address, byte version, long epoch) {
        byte[] pid = persistenceId.getBytes(StandardCharsets.UTF_8);
        byte[] item = address.item().shared();
        return ByteBuffer.allocate(3 * Integer.BYTES + 2 * Long.BYTES + pid.length + item.length)
                .put(version)
                .put(address.kind().code())
                .putShort((short) item.length)
                .putLong(address.incarnation())
                .putLong(epoch)
                .putInt(pid.length)
                .put(pid)
                .put(item)
                .array();
    }
}
