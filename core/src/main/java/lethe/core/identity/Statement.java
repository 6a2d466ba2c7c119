package lethe.core.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The exact bytes that a device signs: a context string, then fields, each with its length in front, so that no two
 * different statements have the same bytes.
 */
public final class Statement {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    private Statement() {}

    /** Starts a statement of one kind, for example {@code lethe/1 consent}. */
    public static Statement of(String context) {
        return new Statement().with(context);
    }

    public Statement with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    public Statement with(Opaque bytes) {
        return with(bytes.shared());
    }

    public Statement with(long number) {
        return with(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private Statement with(byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
