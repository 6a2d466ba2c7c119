package lethe.seal.form;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lethe.core.identity.Opaque;

/**
 * Fields out of bytes that anybody may have written. Used once, by one thread.
 *
 * <p>The first field that does not fit breaks the reader: from then on every field is read as zeros or empty, and
 * {@link #isDone} never comes true. So a caller reads all fields, and asks once.
 */
public final class FieldReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean broken;

    public FieldReader(Opaque bytes) {
        this(bytes.shared(), 0, bytes.length());
    }

    private FieldReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** One byte, 0 to 255. */
    public int u8() {
        return take(1) ? bytes[at++] & 0xff : 0;
    }

    /** Four bytes. */
    public int u32() {
        return ByteBuffer.wrap(raw(Integer.BYTES).shared()).getInt();
    }

    /** Eight bytes. */
    public long u64() {
        return ByteBuffer.wrap(raw(Long.BYTES).shared()).getLong();
    }

    /** So many bytes, a number that the caller knows; as many zeros if there are fewer. */
    public Opaque raw(int length) {
        if (!take(length)) {
            return Opaque.wrap(new byte[length]);
        }
        at += length;
        return Opaque.wrap(Arrays.copyOfRange(bytes, at - length, at));
    }

    /** Bytes with their number in front; broken if there are more than so many. */
    public Opaque bytes(int most) {
        int length = u32();
        if (length < 0 || length > most || !take(length)) {
            refuse();
            return Opaque.empty();
        }
        return raw(length);
    }

    /** UTF-8 with the number of its bytes in front; broken if there are more than so many, or if it is not UTF-8. */
    public String text(int most) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(most).shared()))
                    .toString();
        } catch (CharacterCodingException notText) {
            refuse();
            return "";
        }
    }

    /** All that is left. */
    public Opaque rest() {
        return raw(broken ? 0 : end - at);
    }

    /** A reader of the next so many bytes alone, which this one passes over. */
    public FieldReader part(int length) {
        if (!take(length)) {
            return new FieldReader(new byte[0], 0, 0).refuse();
        }
        at += length;
        return new FieldReader(bytes, at - length, at);
    }

    /** Breaks it: what was read cannot be. */
    public FieldReader refuse() {
        broken = true;
        return this;
    }

    public boolean isBroken() {
        return broken;
    }

    /** Whether everything fitted, and nothing is left. */
    public boolean isDone() {
        return !broken && at == end;
    }

    private boolean take(int length) {
        broken = broken || length < 0 || length > end - at;
        return !broken;
    }
}
