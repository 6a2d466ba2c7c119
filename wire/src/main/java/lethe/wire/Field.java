package lethe.wire;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record on the wire.
 *
 * @param index its place among the record's fields
 * @param key its name in CBOR; never given to another field of the record, also when this one is gone
 * @param name its name in JSON
 * @param place how a problem names it
 * @param required whether a record without it is refused
 * @param absent the value that leaving it out stands for; null if that is no value
 */
record Field<R, V>(
        int index,
        int key,
        SerializableString name,
        String place,
        boolean required,
        @Nullable V absent,
        Format<V> format,
        Function<R, V> component) {

    static <R, V> Field<R, V> of(
            int index,
            int key,
            String name,
            boolean required,
            @Nullable V absent,
            Format<V> format,
            Function<R, V> component) {
        String place = "field '" + name + "'";
        return new Field<>(index, key, new SerializedString(name), place, required, absent, format, component);
    }

    /** The value to write; null to leave it out. */
    @Nullable
    Object valueIn(R owner) {
        V value = component.apply(owner);
        return value == null || value.equals(absent) ? null : value;
    }

    @SuppressWarnings("unchecked") // from valueIn
    void write(Object value, Sink sink) throws IOException {
        sink.name(this);
        format.write((V) value, sink);
    }

    Object read(Source source) throws IOException {
        source.at(place);
        return format.read(source);
    }
}
