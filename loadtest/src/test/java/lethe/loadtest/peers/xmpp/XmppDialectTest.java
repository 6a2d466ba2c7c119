package lethe.loadtest.peers.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;
import lethe.loadtest.peers.RecordingLine;
import org.junit.jupiter.api.Test;

/** Stanzas are laid out as in RFC 6120 and in the examples of XEP-0184. */
class XmppDialectTest {
    private static final String STREAM =
            "<?xml version='1.0'?><stream:stream id='1' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    private final RecordingLine line = new RecordingLine();
    private final XmppDialect sender = new XmppDialect(Half.sender(7), new Contents(8));
    private final XmppDialect recipient = new XmppDialect(Half.recipient(7), new Contents(8));

    @Test
    void logsInBindsAndIsReadyWhenItIsPresent() {
        line.hear(sender, STREAM);
        line.hear(
                sender,
                "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></stream:features>");
        assertThat(line.writtenText())
                .isEqualTo("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AHM3AHM3</auth>");
        line.hear(sender, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        assertThat(line.writtenText()).startsWith("<?xml version='1.0'?><stream:stream to='localhost'");
        line.hear(
                sender, STREAM + "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>");
        assertThat(line.writtenText()).contains("<resource>phone</resource>");
        line.hear(sender, "<iq type='result' id='bind'><bind><jid>s7@localhost/phone</jid></bind></iq>");
        assertThat(line.writtenText()).isEqualTo("<presence/>");
        assertThat(line.heard()).isEmpty();
        line.hear(sender, "<presence to='s7@localhost/phone' from='s7@localhost/phone'/>");
        assertThat(line.heard()).containsExactly("ready");
    }

    @Test
    void asksForAReceipt() {
        sender.send(5, line);
        assertThat(line.writtenText())
                .isEqualTo("<message to='r7@localhost/phone' type='chat' id='5'><body>AAAAAAAAAAU=</body>"
                        + "<request xmlns='urn:xmpp:receipts'/></message>");
    }

    @Test
    void answersAMessageWithItsReceipt() {
        line.hear(recipient, STREAM);
        line.hear(
                recipient,
                "<message to='r7@localhost/phone' from='s7@localhost/phone' type='chat' id='5'>"
                        + "<request xmlns='urn:xmpp:receipts'/><body>AAAAAAAAAAU=</body></message>");
        assertThat(line.heard()).containsExactly("arrived 5");
        assertThat(line.writtenText())
                .isEqualTo("<message to='s7@localhost/phone' type='chat' id='r5'>"
                        + "<received xmlns='urn:xmpp:receipts' id='5'/></message>");
    }

    @Test
    void hearsThatTheRecipientHasIt() {
        line.hear(sender, STREAM);
        line.hear(
                sender,
                "<message id='r5' from='r7@localhost/phone' type='chat'><received xmlns='urn:xmpp:receipts' id='5'/></message>");
        assertThat(line.heard()).containsExactly("completed 5");
    }

    @Test
    void failsWhenTheRecipientIsNotThere() {
        String error = "<message type='error' id='5'><body>AAAAAAAAAAU=</body><error type='cancel'/></message>";
        line.hear(sender, STREAM + error);
        assertThat(line.heard()).containsExactly("failed " + error);
    }
}
