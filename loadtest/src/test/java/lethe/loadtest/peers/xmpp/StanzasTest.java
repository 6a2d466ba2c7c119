package lethe.loadtest.peers.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams are from RFC 6120, section 9. */
class StanzasTest {
    private static final String STREAM = """
            <stream:stream
              from='im.example.com'
              id='t7AMCin9zjMNwQKDnplntZPIDEI='
              to='juliet@im.example.com'
              version='1.0'
              xml:lang='en'
              xmlns='jabber:client'
              xmlns:stream='http://etherx.jabber.org/streams'>""";
    private static final String FEATURES = """
            <stream:features>
              <mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>
                <mechanism>SCRAM-SHA-1</mechanism>
                <mechanism>PLAIN</mechanism>
              </mechanisms>
            </stream:features>""";
    private static final String BIND = """
            <stream:features>
              <bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>
            </stream:features>""";
    private static final String SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";

    private final Stanzas stanzas = new Stanzas();

    @Test
    void findsStanzasBetweenNewLines() {
        assertThat(of("<?xml version='1.0'?>\n" + STREAM + "\n" + FEATURES + "\n" + SUCCESS))
                .containsExactly("<?xml version='1.0'?>\n" + STREAM, FEATURES, SUCCESS);
    }

    @Test
    void beginsAnewAfterLoggingIn() {
        assertThat(of(STREAM + SUCCESS)).hasSize(2);
        stanzas.restart();
        assertThat(of(STREAM + BIND)).containsExactly(STREAM, BIND);
    }

    @Test
    void isNotDeceivedByWhatStandsInQuotes() {
        String message = "<message to=\"a'>b\" id='/>'><body>1 &gt; 0</body></message>";
        assertThat(of(STREAM + message + "<r/>")).containsExactly(STREAM, message, "<r/>");
    }

    @Test
    void endsWithItsStream() {
        assertThat(of(STREAM + "</stream:stream>")).containsExactly(STREAM, "</stream:stream>");
    }

    /** As they come: a byte at a time. */
    private List<String> of(String xml) {
        List<String> found = new ArrayList<>();
        ByteBuf in = Unpooled.buffer();
        for (byte next : xml.getBytes(StandardCharsets.UTF_8)) {
            stanzas.next(in.writeByte(next)).ifPresent(found::add);
        }
        assertThat(in.isReadable()).isFalse();
        return found;
    }
}
