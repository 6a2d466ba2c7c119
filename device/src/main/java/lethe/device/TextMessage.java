package lethe.device;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A text from one person to another, as it stands in a body: JSON {@code {"from","text","sent"}}. The broker never
 * reads it. Until envelopes are sealed end to end, it could.
 *
 * @param from the sender's address, for the answer
 * @param sent by the sender's clock, to the millisecond
 */
public record TextMessage(Tag from, String text, Instant sent) {
    private static final JsonFactory JSON = new JsonFactory();

    public Opaque toBody() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("from", from.toText());
            json.writeStringField("text", text);
            json.writeNumberField("sent", sent.toEpochMilli());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Opaque.wrap(bytes.toByteArray());
    }

    /** Reads a body; empty if it is no text message. */
    public static Optional<TextMessage> read(Opaque body) {
        try (JsonParser json = JSON.createParser(body.shared())) {
            return read(json);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<TextMessage> read(JsonParser json) throws IOException {
        @Nullable Tag from = null;
        @Nullable String text = null;
        @Nullable Instant sent = null;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("from") && value == JsonToken.VALUE_STRING) {
                from = Tag.fromText(json.getText());
            } else if (name.equals("text") && value == JsonToken.VALUE_STRING) {
                text = json.getText();
            } else if (name.equals("sent") && value == JsonToken.VALUE_NUMBER_INT) {
                sent = Instant.ofEpochMilli(json.getLongValue());
            } else {
                json.skipChildren(); // from a newer phone
            }
        }
        return from == null || text == null || sent == null
                ? Optional.empty()
                : Optional.of(new TextMessage(from, text, sent));
    }

    @Override
    public String toString() {
        return "TextMessage[***]";
    }
}
