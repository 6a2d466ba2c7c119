package lethe.loadtest.peers.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;
import lethe.loadtest.peers.RecordingLine;
import org.junit.jupiter.api.Test;

/** Bytes are laid out as in sections 2.3.5 and 4.2 of AMQP 0-9-1, methods numbered as in its XML. */
class AmqpDialectTest {
    private static final String TUNE = "01 0000 0000000c 000a001e 07ff 00020000 003c ce";
    private static final String CHANNEL_OPEN_OK = "01 0001 00000008 0014000b 00000000 ce";
    private static final String CONFIRM_SELECT_OK = "01 0001 00000004 0055000b ce";
    private static final String DECLARE_OK = "01 0001 0000000f 0032000b 027337 00000000 00000000 ce";
    private static final String CONSUME_OK = "01 0001 00000007 003c0015 027337 ce";

    private final RecordingLine line = new RecordingLine();
    private final AmqpDialect sender = new AmqpDialect(Half.sender(7), new Contents(8), true);
    private final AmqpDialect recipient = new AmqpDialect(Half.recipient(7), new Contents(8), true);

    @Test
    void opensWithTheProtocolsHeader() {
        sender.opened(line);
        assertThat(line.writtenHex()).isEqualTo("414d5150" + "00000901");
    }

    @Test
    void opensTheHostWithoutHeartbeats() {
        line.hearHex(sender, TUNE);
        assertThat(line.writtenHex())
                .isEqualTo("01" + "0000" + "0000000c" + "000a001f" + "07ff" + "00020000" + "0000" + "ce" + "01" + "0000"
                        + "00000008" + "000a0028" + "012f" + "00" + "00" + "ce");
    }

    @Test
    void isReadyWhenBothQueuesAreThereAndItConsumesItsOwn() {
        line.hearHex(sender, CHANNEL_OPEN_OK);
        assertThat(line.writtenHex()).isEqualTo("01" + "0001" + "00000005" + "0055000a" + "00" + "ce");
        line.hearHex(sender, CONFIRM_SELECT_OK);
        assertThat(line.writtenHex())
                .isEqualTo("01" + "0001" + "0000000e" + "0032000a" + "0000" + "027337" + "02" + "00000000" + "ce" + "01"
                        + "0001" + "0000000e" + "0032000a" + "0000" + "027237" + "02" + "00000000" + "ce");
        line.hearHex(sender, DECLARE_OK);
        assertThat(line.writtenHex()).isEmpty();
        line.hearHex(sender, DECLARE_OK);
        assertThat(line.writtenHex())
                .isEqualTo(
                        "01" + "0001" + "0000000f" + "003c0014" + "0000" + "027337" + "00" + "00" + "00000000" + "ce");
        assertThat(line.heard()).isEmpty();
        line.hearHex(sender, CONSUME_OK);
        assertThat(line.heard()).containsExactly("ready");
    }

    @Test
    void publishesPersistentMessages() {
        sender.send(5, line);
        assertThat(line.writtenHex())
                .isEqualTo("01" + "0001" + "0000000b" + "003c0028" + "0000" + "00" + "027237" + "00" + "ce"
                        + "02" + "0001" + "0000000f" + "003c" + "0000" + "0000000000000008" + "1000" + "02" + "ce"
                        + "03" + "0001" + "00000008" + "0000000000000005" + "ce");
    }

    @Test
    void acknowledgesAMessageByHandAndSendsItsReceipt() {
        line.hearHex(recipient, delivery("7237"));
        assertThat(line.heard()).containsExactly("arrived 5");
        assertThat(line.writtenHex())
                .startsWith("01" + "0001" + "0000000d" + "003c0050" + "0000000000000003" + "00" + "ce")
                .contains("0000" + "00" + "027337")
                .endsWith("0000000000000005" + "ce");
    }

    @Test
    void acknowledgesAReceiptAndSendsNothing() {
        line.hearHex(sender, delivery("7337"));
        assertThat(line.heard()).containsExactly("completed 5");
        assertThat(line.writtenHex())
                .isEqualTo("01" + "0001" + "0000000d" + "003c0050" + "0000000000000003" + "00" + "ce");
    }

    @Test
    void oneConfirmMaySpeakOfAllBeforeIt() {
        sender.send(10, line);
        sender.send(11, line);
        sender.send(12, line);
        line.hearHex(sender, "01 0001 0000000d 003c0050 0000000000000002 01 ce");
        assertThat(line.heard()).containsExactly("held 10", "held 11");
        line.hearHex(sender, "01 0001 0000000d 003c0078 0000000000000003 00 ce");
        assertThat(line.heard()).containsExactly("refused 12");
    }

    @Test
    void confirmsSayNothingWhileRecipientsAreThere() {
        var online = new AmqpDialect(Half.sender(7), new Contents(8), false);
        online.send(10, line);
        line.hearHex(online, "01 0001 0000000d 003c0050 0000000000000001 00 ce");
        assertThat(line.heard()).isEmpty();
    }

    @Test
    void saysWhyTheBrokerClosed() {
        line.hearHex(sender, "01 0000 00000012 000a0032 0193 07 524546555345 44 0000 0000 ce");
        assertThat(line.heard()).containsExactly("failed 403 REFUSED");
    }

    /** Method, properties and body of a message with the number 5 to a queue, under tag 3. */
    private static String delivery(String queue) {
        return "01 0001 00000014 003c003c 026331 0000000000000003 00 00 02" + queue + " ce"
                + "02 0001 0000000f 003c 0000 0000000000000008 1000 02 ce"
                + "03 0001 00000008 0000000000000005 ce";
    }
}
