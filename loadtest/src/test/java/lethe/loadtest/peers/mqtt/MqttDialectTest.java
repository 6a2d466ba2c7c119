package lethe.loadtest.peers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import lethe.loadtest.peers.Contents;
import lethe.loadtest.peers.Half;
import lethe.loadtest.peers.RecordingLine;
import org.junit.jupiter.api.Test;

/** Bytes are from the figures of MQTT 3.1.1. */
class MqttDialectTest {
    private static final String CONNACK = "20 02 00 00";
    private static final String SUBACK = "90 03 00 01 01";

    private final RecordingLine line = new RecordingLine();
    private final MqttDialect sender = new MqttDialect(Half.sender(7), new Contents(8));
    private final MqttDialect recipient = new MqttDialect(Half.recipient(7), new Contents(8));

    @Test
    void connectsWithACleanSession() {
        sender.opened(line);
        assertThat(line.writtenHex()).isEqualTo("100e" + "00044d515454" + "04" + "02" + "0000" + "00027337");
    }

    @Test
    void subscribesToItsOwnTopicAndIsReadyWhenItMay() {
        line.hearHex(sender, CONNACK);
        assertThat(line.writtenHex()).isEqualTo("8207" + "0001" + "00027337" + "01");
        line.hearHex(sender, SUBACK);
        assertThat(line.heard()).containsExactly("ready");
    }

    @Test
    void saysWhyItWasNotLetIn() {
        line.hearHex(sender, "20 02 00 05");
        assertThat(line.heard()).containsExactly("failed not let in: return code 5");
    }

    /** Section 3.9.3: 0x80 is failure; QoS 0 is less than was asked for. */
    @Test
    void isNotReadyWhenItMayNotSubscribe() {
        line.hearHex(sender, "90 03 00 01 80");
        line.hearHex(sender, "90 03 00 01 00");
        assertThat(line.heard())
                .containsExactly("failed not subscribed: return code 128", "failed not subscribed: return code 0");
    }

    /** Figure 3.11, with a payload. */
    @Test
    void publishesAsInTheStandard() {
        var out = Unpooled.buffer();
        MqttPackets.publish(out, 10, "a/b", 8);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("320f" + "0003612f62" + "000a");
    }

    /** Section 2.2.3: 321 is 65 + 2 * 128. */
    @Test
    void writesLongLengthsLowestPartFirst() {
        var out = Unpooled.buffer();
        MqttPackets.publish(out, 10, "a/b", 321 - 7);
        assertThat(ByteBufUtil.hexDump(out)).startsWith("32c102");
        assertThat(MqttPackets.wholePacket(out)).isZero();
        assertThat(MqttPackets.wholePacket(out.writeZero(321 - 7))).isEqualTo(3 + 321);
    }

    @Test
    void acknowledgesAMessageAndSendsItsReceipt() {
        line.hearHex(recipient, "32 0e 0002 7237 000a 0000000000000005");
        assertThat(line.heard()).containsExactly("arrived 5");
        assertThat(line.writtenHex()).isEqualTo("4002000a" + "320e" + "00027337" + "0001" + "0000000000000005");
    }

    @Test
    void acknowledgesAReceiptAndSendsNothing() {
        line.hearHex(sender, "32 0e 0002 7337 000a 0000000000000005");
        assertThat(line.heard()).containsExactly("completed 5");
        assertThat(line.writtenHex()).isEqualTo("4002000a");
    }

    @Test
    void takesAPublisherAcknowledgementForNothing() {
        line.hearHex(sender, "40 02 0001");
        assertThat(line.heard()).isEmpty();
    }
}
