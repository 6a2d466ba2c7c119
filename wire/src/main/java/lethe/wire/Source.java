package lethe.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Where a record is read from: hides which encoding it is, and takes nothing for what it is not.
 *
 * <p>Stands at one value at a time. Remembers the known field that it is in, to name it when something is wrong; the
 * names and values that came in are never named.
 */
final class Source implements Closeable {
    private final Encoding encoding;
    private final byte[] bytes;
    private final int from;
    private final int length;
    private final JsonParser parser;
    private String place = "the whole";
    private boolean unread;

    Source(Encoding encoding, byte[] bytes, int from, int length) throws IOException {
        this.encoding = encoding;
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.parser = Factories.of(encoding).createParser(bytes, from, length);
        parser.nextToken();
    }

    /** The same bytes, from the start. */
    Source again() throws IOException {
        return new Source(encoding, bytes, from, length);
    }

    boolean isCbor() {
        return encoding == Encoding.CBOR;
    }

    /** Names the place, for when something is wrong there. */
    void at(String known) {
        place = known;
    }

    void openObject() throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw wrong("is not an object");
        }
    }

    /** The next field's name as it came, with the source at its value; null at the end of the object. */
    @Nullable
    String nextName() throws IOException {
        if (unread) {
            unread = false;
            return parser.currentName();
        }
        String name = parser.nextFieldName();
        if (name == null) {
            return null;
        }
        parser.nextToken();
        return name;
    }

    /** Makes {@link #nextName} answer the same name once more. */
    void unread() {
        unread = true;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    void openList() throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw wrong("is not a list");
        }
    }

    /** Goes to the list's next item; false at its end. */
    boolean nextItem() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** A whole number from one to the other, both included. */
    long number(long min, long max) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = parser.getLongValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw wrong("is not a whole number from " + min + " to " + max);
    }

    boolean flag() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("is neither true nor false");
        };
    }

    String text() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("is not a text");
        }
        String text = parser.getText();
        if (!Unicode.isWhole(text)) {
            throw wrong("is not Unicode");
        }
        return text;
    }

    /** A byte string, or base64url without padding. */
    Opaque bytes() throws IOException {
        if (isCbor()) {
            if (parser.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                throw wrong("is not a byte string");
            }
            return Opaque.wrap(parser.getBinaryValue());
        }
        byte[] decoded = parser.currentToken() == JsonToken.VALUE_STRING
                ? Base64Url.decode(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                : null;
        if (decoded == null) {
            throw wrong("is not base64url without padding");
        }
        return Opaque.wrap(decoded);
    }

    /** Makes sure that nothing follows. */
    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw Unreadable.malformed("something follows the end");
        }
    }

    Unreadable wrong(String what) {
        return Unreadable.malformed(place + " " + what);
    }

    Unreadable tooMany(int limit) {
        return new Unreadable(Problem.of(ProblemType.MALFORMED, place + " has more than " + limit + " items")
                .withLimit(limit));
    }

    /** More than a limit allows that has a name. */
    Unreadable tooMany(int most, Limit limit) {
        return new Unreadable(tooMany(most).problem().by(limit));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
