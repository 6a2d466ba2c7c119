package lethe.seal.form;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.Opaque;

/** Fields, one after the other, as bytes. Used once, by one thread. */
public final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    /** One byte, 0 to 255. */
    public FieldWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** Four bytes. */
    public FieldWriter u32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** Eight bytes. */
    public FieldWriter u64(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Bytes whose number the reader knows. */
    public FieldWriter raw(Opaque bytes) {
        return raw(bytes.shared());
    }

    /** Bytes with their number in front, four bytes. */
    public FieldWriter bytes(Opaque bytes) {
        return u32(bytes.length()).raw(bytes);
    }

    /** UTF-8 with the number of its bytes in front, four bytes. */
    public FieldWriter text(String text) {
        return bytes(Opaque.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public int length() {
        return out.size();
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private FieldWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }
}
