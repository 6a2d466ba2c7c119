package lethe.device.files.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.content.RemoteAttachment;

/** How the record of a file begins: of which transfer it is, and how long the file will be. */
record RecordHead(Opaque transfer, long size) {
    static final int LENGTH = RemoteAttachment.TRANSFER + Long.BYTES;

    static RecordHead of(RemoteAttachment file) {
        return new RecordHead(file.transfer(), file.size());
    }

    /** What follows the head; empty if the record is of another file. */
    static Optional<Opaque> read(byte[] record, RemoteAttachment file) {
        byte[] head = new byte[LENGTH];
        of(file).writeTo(ByteBuffer.wrap(head));
        return record.length >= LENGTH && Arrays.equals(head, 0, LENGTH, record, 0, LENGTH)
                ? Optional.of(Opaque.wrap(Arrays.copyOfRange(record, LENGTH, record.length)))
                : Optional.empty();
    }

    void writeTo(ByteBuffer out) {
        out.put(transfer.shared()).putLong(size);
    }

    @Override
    public String toString() {
        return "RecordHead[***]";
    }
}
