package lethe.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/** How a record looks on the wire: its fields in order, and how to make one from their values. */
final class Shape<R> implements Format<R> {
    private final List<Field<R, ?>> fields;
    private final Map<String, Field<R, ?>> byName = new HashMap<>();
    private final Map<String, Field<R, ?>> byKey = new HashMap<>();
    private final Function<Values, R> make;

    private Shape(List<Field<R, ?>> fields, Function<Values, R> make) {
        this.fields = List.copyOf(fields);
        this.make = make;
        for (Field<R, ?> field : this.fields) {
            Field<R, ?> sameName = byName.put(field.name().getValue(), field);
            Field<R, ?> sameKey = byKey.put(Integer.toString(field.key()), field);
            if (sameName != null || sameKey != null) {
                throw new IllegalArgumentException(field.place() + " is there twice");
            }
        }
    }

    List<Field<R, ?>> fields() {
        return fields;
    }

    @Override
    public void write(R owner, Sink sink) throws IOException {
        write(owner, null, sink);
    }

    /** Writes a record, as a frame if a kind is given. */
    void write(R owner, @Nullable Kind<?> kind, Sink sink) throws IOException {
        @Nullable Object[] values = new Object[fields.size()];
        int present = kind == null ? 0 : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).valueIn(owner);
            present += values[i] == null ? 0 : 1;
        }
        sink.openObject(present);
        if (kind != null) {
            sink.type(kind);
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                fields.get(i).write(value, sink);
            }
        }
        sink.closeObject();
    }

    @Override
    public R read(Source source) throws IOException {
        source.openObject();
        return readFields(source, name -> false);
    }

    /** Reads what is left of an object; skips the fields that the caller knows about. */
    R readFields(Source source, Others others) throws IOException {
        Map<String, Field<R, ?>> known = source.isCbor() ? byKey : byName;
        Values values = new Values(fields.size());
        for (String name = source.nextName(); name != null; name = source.nextName()) {
            Field<R, ?> field = known.get(name);
            if (field != null) {
                if (values.has(field)) {
                    throw Unreadable.malformed(field.place() + " is there twice");
                }
                values.put(field, field.read(source));
            } else if (!others.take(name)) {
                throw new Unreadable(Problem.of(ProblemType.UNKNOWN_FIELD));
            }
        }
        for (Field<R, ?> field : fields) {
            if (field.required() && !values.has(field)) {
                throw Unreadable.malformed(field.place() + " is missing");
            }
        }
        return make.apply(values);
    }

    /** Who else may know a field. */
    interface Others {
        boolean take(String name) throws IOException;
    }

    static <R> Builder<R> fieldsOf(Class<R> type) {
        return new Builder<>();
    }

    /** Collects the fields of a shape, in the order in which they are written. */
    static final class Builder<R> {
        private final List<Field<R, ?>> fields = new ArrayList<>();

        /** A field without which the record is refused. */
        <V> Field<R, V> required(int key, String name, Format<V> format, Function<R, V> component) {
            return add(key, name, true, null, format, component);
        }

        /** A field that is left out when the component is null. */
        <V> Field<R, V> optional(int key, String name, Format<V> format, Function<R, V> component) {
            return add(key, name, false, null, format, component);
        }

        /** A list that is left out when it is empty. */
        <V> Field<R, List<V>> list(int key, String name, Format<List<V>> format, Function<R, List<V>> component) {
            return add(key, name, false, List.of(), format, component);
        }

        Shape<R> make(Function<Values, R> make) {
            return new Shape<>(fields, make);
        }

        private <V> Field<R, V> add(
                int key,
                String name,
                boolean required,
                @Nullable V absent,
                Format<V> format,
                Function<R, V> component) {
            Field<R, V> field = Field.of(fields.size(), key, name, required, absent, format, component);
            fields.add(field);
            return field;
        }
    }
}
