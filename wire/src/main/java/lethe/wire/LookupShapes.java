package lethe.wire;

import static lethe.wire.Formats.BYTES;
import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TIME;
import static lethe.wire.Formats.listOf;

import java.util.Map;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;

/** What a broker publishes of who is listed, as it is on the wire. Keys are never given anew. */
final class LookupShapes {
    private static final Shape<PublishedSet> PUBLISHED_SET = publishedSet();

    static final Map<Class<?>, Shape<?>> ALL = Map.of(
            SetIndex.class, setIndex(),
            PublishedSet.class, PUBLISHED_SET,
            DaySet.class, daySet(),
            HourSet.class, hourSet());

    private LookupShapes() {}

    private static Shape<SetIndex> setIndex() {
        var fields = Shape.fieldsOf(SetIndex.class);
        var epoch = fields.required(1, "epoch", NUMBER, SetIndex::epoch);
        var sets = fields.required(2, "sets", listOf(PUBLISHED_SET), SetIndex::sets);
        return fields.make(values -> new SetIndex(values.get(epoch), values.get(sets)));
    }

    private static Shape<PublishedSet> publishedSet() {
        var fields = Shape.fieldsOf(PublishedSet.class);
        var day = fields.required(1, "day", NUMBER, PublishedSet::day);
        var hour = fields.optional(2, "hour", NUMBER, PublishedSet::hour);
        var count = fields.required(3, "count", NUMBER, PublishedSet::count);
        var size = fields.required(4, "size", NUMBER, PublishedSet::size);
        var hash = fields.required(5, "hash", BYTES_32, PublishedSet::hash);
        return fields.make(values -> new PublishedSet(
                values.get(day), values.find(hour), values.get(count), values.get(size), values.get(hash)));
    }

    private static Shape<DaySet> daySet() {
        var fields = Shape.fieldsOf(DaySet.class);
        var epoch = fields.required(1, "epoch", NUMBER, DaySet::epoch);
        var day = fields.required(2, "day", NUMBER, DaySet::day);
        var built = fields.required(3, "built", TIME, DaySet::built);
        var expires = fields.required(4, "expires", TIME, DaySet::expires);
        var count = fields.required(5, "count", NUMBER, DaySet::count);
        var coded = fields.required(6, "coded", BYTES, DaySet::coded);
        var signature = fields.required(7, "signature", SIGNATURE, DaySet::signature);
        return fields.make(values -> new DaySet(
                values.get(epoch),
                values.get(day),
                values.get(built),
                values.get(expires),
                values.get(count),
                values.get(coded),
                values.get(signature)));
    }

    private static Shape<HourSet> hourSet() {
        var fields = Shape.fieldsOf(HourSet.class);
        var epoch = fields.required(1, "epoch", NUMBER, HourSet::epoch);
        var day = fields.required(2, "day", NUMBER, HourSet::day);
        var hour = fields.required(3, "hour", NUMBER, HourSet::hour);
        var built = fields.required(4, "built", TIME, HourSet::built);
        var entries = fields.required(5, "entries", BYTES, HourSet::entries);
        var signature = fields.required(6, "signature", SIGNATURE, HourSet::signature);
        return fields.make(values -> new HourSet(
                values.get(epoch),
                values.get(day),
                values.get(hour),
                values.get(built),
                values.get(entries),
                values.get(signature)));
    }
}
