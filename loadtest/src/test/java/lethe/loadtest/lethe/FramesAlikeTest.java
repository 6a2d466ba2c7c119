package lethe.loadtest.lethe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.loadtest.load.Payload;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.junit.jupiter.api.Test;

/** What the driver writes and reads by hand is what the codec would. */
class FramesAlikeTest {
    private static final Tag TO = new Tag(Opaque.wrap(new byte[Tag.LENGTH]));
    private static final Instant NOW = Instant.ofEpochMilli(1_764_000_000_000L);

    private final SendTemplate template = new SendTemplate(TO, Payload.ofLength(256));

    private static ClientFrame decoded(byte[] frame) {
        return ((Decoded.Good<ClientFrame>) Frames.decodeClient(Encoding.CBOR, frame)).value();
    }

    private static byte[] encoded(ServerFrame frame) {
        return Frames.encode(Encoding.CBOR, frame);
    }

    private static Opaque body(long number, int length) {
        return Opaque.wrap(
                Unpooled.buffer(length).writeLong(number).writeZero(length - 8).array());
    }

    @Test
    void aFilledTemplateIsTheMessageWithItsNumber() {
        var send = (ClientFrame.Send) decoded(template.fill(70_000));
        assertThat(SendTemplate.numberOfRef(send.ref())).isEqualTo(70_000);
        assertThat(send.id()).isEqualTo(template.id(70_000));
        assertThat(send.to()).isEqualTo(TO);
        assertThat(send.after()).isNull();
        assertThat(send.body().length()).isEqualTo(256);
        assertThat(Unpooled.wrappedBuffer(send.body().shared()).readLong()).isEqualTo(70_000);
    }

    @Test
    void aFilledTemplateNamesThePredecessor() {
        var send = (ClientFrame.Send) decoded(template.fill(5, 3));
        assertThat(send.id()).isEqualTo(template.id(5));
        assertThat(send.after()).isEqualTo(template.id(3));
    }

    @Test
    void acknowledgementsAreTheCodecsByteForByte() {
        for (long upto : new long[] {1, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffffL, 0x1_0000_0000L}) {
            assertThat(Acknowledgement.upTo(upto))
                    .as("up to %d", upto)
                    .isEqualTo(Frames.encode(Encoding.CBOR, new ClientFrame.Ack(upto, List.of(), List.of())));
        }
    }

    @Test
    void deliveriesAreRead() {
        var frame = new ServerFrame.Deliver(300, template.id(9), Duration.ofDays(3), Urgency.NORMAL, body(9, 40));
        var in = Unpooled.wrappedBuffer(encoded(frame));
        var heard = new Heard();
        assertThat(heard.read(in, in.readableBytes())).isTrue();
        assertThat(heard.kind()).isEqualTo(Heard.DELIVER);
        assertThat(heard.seq()).isEqualTo(300);
        assertThat(heard.number(in)).isEqualTo(9);
    }

    @Test
    void receiptsOfDeliveryAreRead() {
        for (var settle : List.of(true, false)) {
            var in = Unpooled.wrappedBuffer(
                    encoded(new ServerFrame.Receipt(template.id(9), ReceiptState.DELIVERED, NOW, settle)));
            var heard = new Heard();
            assertThat(heard.read(in, in.readableBytes())).isTrue();
            assertThat(heard.kind()).isEqualTo(Heard.RECEIPT);
            assertThat(template.isOurs(heard.idFirst(in))).isTrue();
            assertThat(heard.idSecond(in)).isEqualTo(9);
            assertThat(heard.settle()).isEqualTo(settle);
        }
    }

    @Test
    void whatIsHeldIsRead() {
        for (var ref : new Long[] {77L, null}) {
            var in = Unpooled.wrappedBuffer(encoded(new ServerFrame.Held(ref, template.id(9), NOW)));
            var heard = new Heard();
            assertThat(heard.read(in, in.readableBytes())).isTrue();
            assertThat(heard.kind()).isEqualTo(Heard.HELD);
            assertThat(heard.idSecond(in)).isEqualTo(9);
        }
    }

    @Test
    void everythingElseIsLeftToTheCodec() {
        for (var frame : List.of(
                new ServerFrame.Receipt(template.id(9), ReceiptState.EXPIRED, NOW, true),
                new ServerFrame.GoAway(Duration.ZERO, Duration.ZERO),
                new ServerFrame.Drained(),
                new ServerFrame.Unknown(template.id(9)))) {
            var in = Unpooled.wrappedBuffer(encoded(frame));
            assertThat(new Heard().read(in, in.readableBytes())).as("%s", frame).isFalse();
        }
    }

    @Test
    void aFrameThatIsCutShortIsNotRead() {
        var whole =
                encoded(new ServerFrame.Deliver(300, template.id(9), Duration.ofDays(3), Urgency.NORMAL, body(9, 40)));
        for (int length = 0; length < whole.length; length++) {
            var in = Unpooled.wrappedBuffer(whole, 0, length);
            assertThat(new Heard().read(in, length)).as("%d bytes", length).isFalse();
        }
    }
}
