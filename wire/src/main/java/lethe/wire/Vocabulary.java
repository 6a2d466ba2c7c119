package lethe.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that one side may say: its kinds of frame. */
final class Vocabulary<F> implements Format<F> {
    private final List<Kind<? extends F>> kinds = new ArrayList<>();
    private final Map<Class<?>, Kind<? extends F>> byClass = new HashMap<>();
    private final Map<String, Kind<? extends F>> byWord = new HashMap<>();
    private final Map<Integer, Kind<? extends F>> byNumber = new HashMap<>();

    <K extends F> Vocabulary<F> with(int number, String word, Class<K> type, Shape<K> shape) {
        Kind<K> kind = new Kind<>(number, word, type, shape);
        kinds.add(kind);
        byClass.put(type, kind);
        byWord.put(word, kind);
        byNumber.put(number, kind);
        return this;
    }

    List<Kind<? extends F>> kinds() {
        return List.copyOf(kinds);
    }

    @Override
    public void write(F frame, Sink sink) throws IOException {
        writeAs(Objects.requireNonNull(byClass.get(frame.getClass())), frame, sink);
    }

    private static <K> void writeAs(Kind<K> kind, Object frame, Sink sink) throws IOException {
        kind.shape().write(kind.type().cast(frame), kind, sink);
    }

    @Override
    public F read(Source source) throws IOException {
        source.openObject();
        String first = source.nextName();
        if (isType(first, source)) {
            return kindAt(source).shape().readFields(source, name -> refuseSecondType(name, source));
        }
        // JSON promises no order: look ahead for the kind, then read from the first field on.
        Kind<? extends F> kind = kindAhead(source);
        source.unread();
        return kind.shape().readFields(source, new OneType(source));
    }

    private Kind<? extends F> kindAhead(Source source) throws IOException {
        try (Source ahead = source.again()) {
            ahead.openObject();
            for (String name = ahead.nextName(); name != null; name = ahead.nextName()) {
                if (isType(name, ahead)) {
                    return kindAt(ahead);
                }
                ahead.skip();
            }
        }
        throw Unreadable.malformed("the frame's type is missing");
    }

    private Kind<? extends F> kindAt(Source source) throws IOException {
        source.at("the frame's type");
        Kind<? extends F> kind =
                source.isCbor() ? byNumber.get((int) source.number(0, Integer.MAX_VALUE)) : byWord.get(source.text());
        if (kind == null) {
            throw Unreadable.malformed("the frame's type is unknown");
        }
        return kind;
    }

    private static boolean isType(@Nullable String name, Source source) {
        return (source.isCbor() ? "0" : Kind.NAME).equals(name);
    }

    private static boolean refuseSecondType(String name, Source source) throws IOException {
        if (isType(name, source)) {
            throw Unreadable.malformed("the frame's type is there twice");
        }
        return false;
    }

    /** Takes the type where it comes, once. */
    private static final class OneType implements Shape.Others {
        private final Source source;
        private boolean taken;

        OneType(Source source) {
            this.source = source;
        }

        @Override
        public boolean take(String name) throws IOException {
            if (taken) {
                return refuseSecondType(name, source);
            }
            taken = isType(name, source);
            return taken;
        }
    }
}
