package lethe.gatling.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.junit.jupiter.api.Test;

class PairTest {
    private final Pair pair = Pair.draw(new SecureRandom(), Habits.of(32), new Timings(""));
    private final Phone sender = pair.sender();
    private final Phone recipient = pair.recipient();

    @Test
    void missesWhatWasTakenAndNeverGiven() {
        send();
        assertThat(pair.lost()).isEqualTo(1);
    }

    @Test
    void missesNothingThatWasGiven() {
        give(1, send());
        assertThat(pair.lost()).isZero();
    }

    @Test
    void missesNothingThatWasRefused() {
        hear(sender, new ServerFrame.Refused(send().ref(), Problem.of(ProblemType.SENDER_SHARE)));
        assertThat(pair.lost()).isZero();
        assertThat(sender.outbox().refused()).isEqualTo(1);
        assertThat(sender.complaint()).isEmpty();
    }

    @Test
    void complainsOfARefusalForGood() {
        hear(sender, new ServerFrame.Refused(send().ref(), Problem.of(ProblemType.TOO_LARGE)));
        assertThat(sender.complaint()).isEqualTo("too-large");
    }

    @Test
    void noticesAMessageThatComesTwiceInASession() {
        var message = send();
        give(1, message);
        give(2, message);
        assertThat(recipient.inbox().duplicated()).isEqualTo(1);
    }

    @Test
    void noticesAMessageThatComesAfterItWasAcknowledged() {
        var message = send();
        give(1, message);
        recipient.acknowledgement();
        recipient.opens(1);
        give(1, message);
        assertThat(recipient.inbox().duplicated()).isEqualTo(1);
    }

    @Test
    void takesInTheNextSessionWhatItDidNotAcknowledge() {
        var message = send();
        give(1, message);
        recipient.opens(1);
        give(1, message);
        assertThat(recipient.inbox().duplicated()).isZero();
    }

    @Test
    void noticesAMessageThatComesTooLate() {
        var first = send();
        give(1, send());
        give(2, first);
        assertThat(recipient.inbox().reordered()).isEqualTo(1);
    }

    @Test
    void acknowledgesAllThatCame() {
        give(1, send());
        give(2, send());
        assertThat(read(recipient.acknowledgement())).isEqualTo(new ClientFrame.Ack(2, List.of(), List.of()));
        assertThat(recipient.inbox().hasNews()).isFalse();
    }

    @Test
    void settlesAReceiptOnce() {
        var id = send().id();
        hear(sender, receipt(id));
        assertThat(read(sender.settlement()))
                .isEqualTo(new ClientFrame.Settle(recipient.identity().tag(), List.of(id)));
        assertThat(sender.outbox().hasUnsettled()).isFalse();
        assertThat(sender.outbox().isEmpty()).isTrue();
    }

    @Test
    void hasAnAnswerWhenTheBrokerHoldsAMessage() {
        hear(sender, new ServerFrame.Held(0L, send().id(), Instant.EPOCH));
        assertThat(sender.outbox().isAnswered()).isTrue();
        assertThat(sender.outbox().isEmpty()).isFalse();
    }

    private ClientFrame.Send send() {
        return (ClientFrame.Send) read(sender.message(false));
    }

    private void give(long seq, ClientFrame.Send message) {
        hear(
                recipient,
                new ServerFrame.Deliver(seq, message.id(), Duration.ofHours(1), Urgency.NORMAL, message.body()));
    }

    private static ServerFrame receipt(MessageId id) {
        return new ServerFrame.Receipt(id, ReceiptState.DELIVERED, Instant.EPOCH, true);
    }

    private static void hear(Phone phone, ServerFrame frame) {
        phone.hear(Frames.encode(Encoding.CBOR, frame));
    }

    private static ClientFrame read(byte[] bytes) {
        assertThat(Frames.decodeClient(Encoding.CBOR, bytes)).isInstanceOf(Decoded.Good.class);
        return ((Decoded.Good<ClientFrame>) Frames.decodeClient(Encoding.CBOR, bytes)).value();
    }
}
