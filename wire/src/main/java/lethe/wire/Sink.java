package lethe.wire;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.Opaque;

/** Where a record is written to: hides which encoding it is. Lengths are given in front, as CBOR wants them. */
final class Sink implements Closeable {
    private final JsonGenerator generator;
    private final boolean cbor;

    Sink(Encoding encoding, Output output) throws IOException {
        this.generator = Factories.of(encoding).createGenerator(output);
        this.cbor = encoding == Encoding.CBOR;
    }

    void openObject(int fields) throws IOException {
        generator.writeStartObject(null, fields);
    }

    void closeObject() throws IOException {
        generator.writeEndObject();
    }

    void openList(int items) throws IOException {
        generator.writeStartArray(null, items);
    }

    void closeList() throws IOException {
        generator.writeEndArray();
    }

    void type(Kind<?> kind) throws IOException {
        if (cbor) {
            generator.writeFieldId(Kind.KEY);
            generator.writeNumber(kind.number());
        } else {
            generator.writeFieldName(Kind.NAME);
            generator.writeString(kind.word());
        }
    }

    void name(Field<?, ?> field) throws IOException {
        if (cbor) {
            generator.writeFieldId(field.key());
        } else {
            generator.writeFieldName(field.name());
        }
    }

    void number(long number) throws IOException {
        generator.writeNumber(number);
    }

    void flag(boolean flag) throws IOException {
        generator.writeBoolean(flag);
    }

    /** A long string that Jackson gets as one, it writes in CBOR in parts of no stated length. */
    void text(String text) throws IOException {
        if (cbor) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            generator.writeUTF8String(bytes, 0, bytes.length);
        } else {
            generator.writeString(text);
        }
    }

    /** A byte string, or base64url without padding. */
    void bytes(Opaque bytes) throws IOException {
        generator.writeBinary(Base64Variants.MODIFIED_FOR_URL, bytes.shared(), 0, bytes.length());
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
