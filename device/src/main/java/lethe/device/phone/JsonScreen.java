package lethe.device.phone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceEvent;
import lethe.device.LetheEvent;
import lethe.device.outbox.Outcome;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.seal.content.Content;
import lethe.seal.content.Mark;

/** One JSON object per line, for whoever drives a phone as a process. Its member {@code event} says what happened. */
final class JsonScreen implements Screen {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final PrintWriter out;
    private final int number;

    /**
     * A screen at its start.
     *
     * @param number of the line that it is about, told with each event; 0 if the phone serves only one
     */
    JsonScreen(PrintWriter out, int number) {
        this.out = out;
        this.number = number;
    }

    @Override
    public void started(String name, String address, boolean optedIn) {
        print(event("started").with("name", name).with("address", address).with("opted_in", optedIn));
    }

    @Override
    public void policy(Bodies.PolicyInForce policy) {
        print(event("policy").with("epoch", policy.epoch()).with("text", policy.text()));
    }

    @Override
    public void optedIn(long epoch, Set<Scope> scopes) {
        print(event("opted_in").with("epoch", epoch).with("scopes", Wording.of(scopes)));
    }

    @Override
    public void optedOut() {
        print(event("opted_out"));
    }

    @Override
    public void connected(boolean resumed) {
        print(event("connected").with("resumed", resumed));
    }

    @Override
    public void drained() {
        print(event("drained"));
    }

    @Override
    public void closed(DeviceEvent.Disconnected closed) {
        Line line = event("closed").with("code", (long) closed.code());
        print(
                closed.retry() == null
                        ? line
                        : line.with("retry_ms", closed.retry().toMillis()));
    }

    @Override
    public void sent(MessageId id, String to) {
        print(event("sent").with("id", id.toText()).with("to", to));
    }

    @Override
    public void held(MessageId id, Instant expires) {
        print(event("held").with("id", id.toText()).with("expires", expires.toEpochMilli()));
    }

    @Override
    public void ended(MessageId id, Outcome outcome, Instant at) {
        Line line = event(outcome.word()).with("id", id.toText()).with("at", at.toEpochMilli());
        print(
                outcome instanceof Outcome.Refused refused
                        ? line.with("problem", refused.problem().type().word())
                        : line);
    }

    @Override
    public void received(LetheEvent.Received letter, String from, String words) {
        Line line = event("received")
                .with("id", letter.id().toText())
                .with("from", from)
                .with("kind", Wording.kind(letter.content()))
                .with("text", words)
                .with("sent", letter.sent().toEpochMilli())
                .with("again", letter.again());
        print(of(letter.content()).map(id -> line.with("of", id.toText())).orElse(line));
    }

    /** The letter that another one speaks of. */
    private static Optional<MessageId> of(Content content) {
        if (content instanceof Content.Edit edit) {
            return Optional.of(edit.of());
        }
        if (content instanceof Content.Revoke revoke) {
            return Optional.of(revoke.of());
        }
        return content instanceof Content.Reaction reaction ? Optional.of(reaction.to()) : Optional.empty();
    }

    @Override
    public void met(String from) {
        print(event("met").with("from", from));
    }

    @Override
    public void writtenElsewhere(LetheEvent.WrittenElsewhere letter, String to, String words) {
        Line line = event("written_elsewhere")
                .with("id", letter.id().toText())
                .with("to", to)
                .with("kind", Wording.kind(letter.content()))
                .with("text", words)
                .with("sent", letter.sent().toEpochMilli());
        print(of(letter.content()).map(id -> line.with("of", id.toText())).orElse(line));
    }

    @Override
    public void marked(MessageId id, Mark mark, String by) {
        print(event(mark == Mark.READ ? "read" : "reached")
                .with("id", id.toText())
                .with("by", by));
    }

    @Override
    public void typing(String who, boolean begins) {
        print(event("typing").with("from", who).with("begins", begins));
    }

    @Override
    @RevealsIdentifiers("stands for the modem, which needs the number")
    public void sms(MessageId id, SmsCopy sms) {
        print(event("sms")
                .with("id", id.toText())
                .with("number", sms.number().reveal())
                .with("text", sms.text()));
    }

    @Override
    public void smsArrived(String from, String text, SmsArrival arrival) {
        print(event("sms_arrived")
                .with("from", from)
                .with("text", text)
                .with("duplicate", arrival == SmsArrival.DUPLICATE));
    }

    @Override
    public void cameAsSms(LetheEvent.Received letter, String from) {
        print(event("came_as_sms").with("id", letter.id().toText()).with("from", from));
    }

    @Override
    public void note(String text) {
        print(event("note").with("text", text));
    }

    @Override
    public void trouble(String text) {
        print(event("error").with("text", text));
    }

    @Override
    public void ask(String question) {
        print(event("ask").with("text", question));
    }

    private static Line event(String word) {
        return new Line(new LinkedHashMap<>()).with("event", word);
    }

    private void print(Line line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> member : line.members().entrySet()) {
                json.writeObjectField(member.getKey(), member.getValue());
            }
            if (number > 0) {
                json.writeNumberField("line", number);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
        out.flush();
    }

    private record Line(Map<String, Object> members) {
        Line with(String name, Object value) {
            members.put(name, value);
            return this;
        }
    }
}
