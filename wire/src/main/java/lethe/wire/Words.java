package lethe.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of an enumeration as ASCII, each found without making a string. */
final class Words<E extends Enum<E>> {
    private final E[] values;
    private final byte[][] words;
    private final EnumMap<E, byte[]> byValue;

    private Words(E[] values, byte[][] words, EnumMap<E, byte[]> byValue) {
        this.values = values;
        this.words = words;
        this.byValue = byValue;
    }

    static <E extends Enum<E>> Words<E> of(Class<E> type, Function<E, String> word) {
        E[] values = type.getEnumConstants();
        byte[][] words = new byte[values.length][];
        EnumMap<E, byte[]> byValue = new EnumMap<>(type);
        for (int i = 0; i < values.length; i++) {
            words[i] = word.apply(values[i]).getBytes(StandardCharsets.US_ASCII);
            byValue.put(values[i], words[i]);
        }
        return new Words<>(values, words, byValue);
    }

    /** The word for a value; not to be changed. */
    byte[] of(E value) {
        return Objects.requireNonNull(byValue.get(value));
    }

    /** The value for a word; null if there is none. */
    @Nullable
    E find(byte[] bytes, int from, int to) {
        for (int i = 0; i < words.length; i++) {
            if (Arrays.equals(words[i], 0, words[i].length, bytes, from, to)) {
                return values[i];
            }
        }
        return null;
    }
}
