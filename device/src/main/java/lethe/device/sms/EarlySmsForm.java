package lethe.device.sms;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.store.ContentDamaged;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the slot: version 1, their number 4, each from the oldest on: tag 7, milliseconds 8, SHA-256 of the text
 * 32, whether the sender is known 1, the sender's address 32.
 */
final class EarlySmsForm {
    private static final int VERSION = 1;
    private static final int TAG = 7;
    private static final int PRINT = 32;

    private EarlySmsForm() {}

    /**
     * An SMS that came. It does not print.
     *
     * @param from null if nobody knows whose number it came from
     * @param print of its text
     */
    record Came(ShortTag tag, @Nullable Tag from, Opaque print, Instant at) {
        @Override
        public String toString() {
            return "Came[***]";
        }
    }

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws ContentDamaged if it is something else
     */
    static List<Came> decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        if (in.u8() != VERSION) {
            in.refuse();
        }
        int count = in.u32();
        List<Came> all = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            String tag = new String(in.raw(TAG).shared(), StandardCharsets.US_ASCII);
            Instant at = Instant.ofEpochMilli(in.u64());
            Opaque print = in.raw(PRINT);
            Tag from = in.u8() == 0 ? null : new Tag(in.raw(Tag.LENGTH));
            if (!in.isBroken() && ShortTag.isOne(tag)) {
                all.add(new Came(new ShortTag(tag), from, print, at));
            }
        }
        if (!in.isDone() || count != all.size()) {
            throw new ContentDamaged("list of SMS that came");
        }
        return List.copyOf(all);
    }

    static Opaque encode(List<Came> all) {
        FieldWriter out = new FieldWriter().u8(VERSION).u32(all.size());
        for (Came one : all) {
            out.raw(Opaque.wrap(one.tag().text().getBytes(StandardCharsets.US_ASCII)))
                    .u64(one.at().toEpochMilli())
                    .raw(one.print())
                    .u8(one.from() == null ? 0 : 1);
            if (one.from() != null) {
                out.raw(one.from().bytes());
            }
        }
        return Opaque.wrap(out.toBytes());
    }
}
