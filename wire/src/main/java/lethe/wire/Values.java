package lethe.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values read for one record, each to be taken out by its field. */
final class Values {
    private final @Nullable Object[] values;

    Values(int fields) {
        this.values = new Object[fields];
    }

    boolean has(Field<?, ?> field) {
        return values[field.index()] != null;
    }

    void put(Field<?, ?> field, Object value) {
        values[field.index()] = value;
    }

    /** The value of a field that is required, or that has a value for being left out. */
    <V> V get(Field<?, V> field) {
        return Objects.requireNonNull(find(field));
    }

    @SuppressWarnings("unchecked") // put by the field's own format
    <V> @Nullable V find(Field<?, V> field) {
        Object value = values[field.index()];
        return value == null ? field.absent() : (V) value;
    }
}
