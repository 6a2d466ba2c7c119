package lethe.loadtest.peers.xmpp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;
import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;

/** XMPP with receipts (XEP-0184): an account for each half, the payload as Base64 in the body of a chat message. */
public final class XmppDialect implements Dialect {
    /** Of the server, in addresses. */
    public static final String HOST = "localhost";

    private static final String RESOURCE = "phone";
    private static final String STREAM = "<?xml version='1.0'?><stream:stream to='" + HOST
            + "' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    private static final String BIND =
            "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + RESOURCE
                    + "</resource></bind></iq>";

    /** The first eight of the bytes that these letters stand for are the number. */
    private static final int NUMBER_LETTERS = 12;

    private final Half half;
    private final Contents contents;
    private final Stanzas stanzas = new Stanzas();

    public XmppDialect(Half half, Contents contents) {
        this.half = half;
        this.contents = contents;
    }

    @Override
    public void opened(Line line) {
        write(line, STREAM);
    }

    @Override
    public void read(ByteBuf in, Line line) {
        for (var stanza = stanzas.next(in); stanza.isPresent(); stanza = stanzas.next(in)) {
            stanza(stanza.get(), line);
        }
    }

    private void stanza(String stanza, Line line) {
        if (stanza.startsWith("<message")) {
            message(stanza, line);
        } else if (stanza.startsWith("<stream:features")) {
            write(line, stanza.contains("<mechanism>") ? login() : BIND);
        } else if (stanza.startsWith("<success")) {
            stanzas.restart();
            write(line, STREAM);
        } else if (stanza.startsWith("<iq") && stanza.contains(RESOURCE)) {
            write(line, "<presence/>");
        } else if (stanza.startsWith("<presence")) {
            // Its own, come back: the server knows that it is there.
            line.ready();
        } else if (!stanza.startsWith("<?xml") && !stanza.startsWith("<stream:stream")) {
            line.failed(stanza);
        }
    }

    private String login() {
        String plain = "\0" + half.own() + "\0" + half.own();
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII)) + "</auth>";
    }

    private void message(String stanza, Line line) {
        Optional<Long> number = half.sends() ? received(stanza) : number(stanza);
        if (number.isEmpty()) {
            line.failed(stanza);
        } else if (half.sends()) {
            line.completed(number.get());
        } else {
            line.arrived(number.get());
            write(line, receipt(number.get()));
        }
    }

    /** The number of the message that a receipt names. */
    private static Optional<Long> received(String stanza) {
        String id = between(stanza, stanza.indexOf("<received "), "id='", "'");
        return id.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(id));
    }

    /** The number in the body of a message. */
    private static Optional<Long> number(String stanza) {
        String body = between(stanza, 0, "<body>", "</body>");
        if (body.length() < NUMBER_LETTERS || stanza.contains("type='error'")) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getDecoder().decode(body.substring(0, NUMBER_LETTERS));
        return Optional.of(Unpooled.wrappedBuffer(bytes).readLong());
    }

    private static String between(String text, int from, String begin, String end) {
        int start = from < 0 ? -1 : text.indexOf(begin, from);
        int stop = start < 0 ? -1 : text.indexOf(end, start + begin.length());
        return stop < 0 ? "" : text.substring(start + begin.length(), stop);
    }

    @Override
    public void send(long number, Line line) {
        ByteBuf raw = line.buffer(contents.bytes(true));
        contents.write(raw, true, number);
        byte[] bytes = new byte[raw.readableBytes()];
        raw.readBytes(bytes).release();
        write(
                line,
                "<message to='" + other() + "' type='chat' id='" + number + "'><body>"
                        + Base64.getEncoder().encodeToString(bytes)
                        + "</body><request xmlns='urn:xmpp:receipts'/></message>");
    }

    private String receipt(long number) {
        return "<message to='" + other() + "' type='chat' id='r" + number + "'><received xmlns='urn:xmpp:receipts' id='"
                + number + "'/></message>";
    }

    private String other() {
        return half.other() + "@" + HOST + "/" + RESOURCE;
    }

    private static void write(Line line, String xml) {
        ByteBuf out = line.buffer(xml.length());
        out.writeCharSequence(xml, StandardCharsets.US_ASCII);
        line.write(out);
    }
}
