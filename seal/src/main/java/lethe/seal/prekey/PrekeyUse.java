package lethe.seal.prekey;

import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * That something was opened with a prekey: what a phone writes down together with the letter, so that neither is known
 * without the other after a crash.
 *
 * @param mark tells the letter from all others that a prekey of last resort opens, {@link #MARK} bytes; null of a
 *     one-time prekey, which opens one
 */
public record PrekeyUse(PrekeyId prekey, @Nullable Opaque mark) {
    /** Bytes of a mark. */
    public static final int MARK = 16;

    public PrekeyUse {
        if (mark != null && mark.length() != MARK) {
            throw new IllegalArgumentException("a mark has " + MARK + " bytes");
        }
    }

    /** Reads what {@link #encode} writes; empty if it is something else. */
    public static Optional<PrekeyUse> decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        PrekeyId prekey = new PrekeyId(in.u32());
        Opaque mark = in.rest();
        boolean marked = mark.length() == MARK;
        return !in.isDone() || (!marked && mark.length() > 0)
                ? Optional.empty()
                : Optional.of(new PrekeyUse(prekey, marked ? mark : null));
    }

    /** 4 bytes, and the mark. */
    public Opaque encode() {
        return Opaque.wrap(new FieldWriter()
                .u32(prekey.bits())
                .raw(mark == null ? Opaque.empty() : mark)
                .toBytes());
    }

    @Override
    public String toString() {
        return "PrekeyUse[" + prekey + "]";
    }
}
