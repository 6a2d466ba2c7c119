package lethe.device.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import lethe.device.Given;
import lethe.device.sms.SmsResult;
import org.junit.jupiter.api.Test;

class OutboxRecordsTest {
    private static final DeviceId DEVICE = new DeviceId(Given.bytes(new Random(4), DeviceId.LENGTH));
    private static final Message FULL = new Message(
            Given.id(1),
            Given.tag(1),
            new DeviceId(Given.bytes(new Random(3), DeviceId.LENGTH)),
            new Terms(Duration.ofHours(2), Urgency.VERY_LOW, Duration.ofSeconds(30), Fallback.DEVICE),
            Given.body("body"),
            Given.sms("Grüße, größer als sonst"),
            Given.NOW);

    @Test
    void keepsEveryEvent() {
        List<OutboxEvent> all = List.of(
                new OutboxEvent.Accepted(FULL),
                new OutboxEvent.Accepted(Given.message(2, Given.tag(2))),
                new OutboxEvent.Copied(Given.id(1), DEVICE, 0, null),
                new OutboxEvent.Copied(Given.id(1), DEVICE, 1, Given.body("an envelope")),
                new OutboxEvent.Accepted(letter(Handling.SEALED)),
                new OutboxEvent.Accepted(letter(Handling.SEALED_SILENTLY)),
                new OutboxEvent.Offered(Given.id(1), Given.NOW),
                new OutboxEvent.Offered(Given.id(1), Given.NOW, Given.body("a capsule")),
                new OutboxEvent.Accepted(Given.message(4, Given.tag(2), Terms.gatewayAfter(Duration.ofSeconds(30)))),
                new OutboxEvent.Accepted(Given.message(5, Given.tag(2), Terms.noticeAfter(Duration.ofSeconds(30)))),
                new OutboxEvent.Held(Given.id(1), Given.NOW),
                new OutboxEvent.Unheld(Given.id(1)),
                new OutboxEvent.RevokeAsked(Given.id(1)),
                new OutboxEvent.SmsStarted(Given.id(1), Given.NOW, true),
                new OutboxEvent.Settled(Given.id(1)),
                new OutboxEvent.Forgotten(Given.id(1)),
                ended(new Outcome.Receipted(ReceiptState.UNDECRYPTABLE)),
                ended(new Outcome.Receipted(ReceiptState.SMS_UNKNOWN)),
                ended(new Outcome.BySms(SmsResult.UNKNOWN)),
                ended(new Outcome.Abandoned()),
                ended(new Outcome.Refused(Problem.of(ProblemType.TOO_LARGE))),
                ended(new Outcome.Refused(
                        Problem.of(ProblemType.MALFORMED, "the body is empty").withLimit(1))));

        assertThat(all)
                .allSatisfy(event -> assertThat(OutboxRecords.decode(OutboxRecords.encode(event)))
                        .isEqualTo(event));
    }

    @Test
    void refusesWhatIsNoRecord() {
        assertThatThrownBy(() -> OutboxRecords.decode(Given.body("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OutboxRecords.decode(Given.bytes(new Random(1), 64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Message letter(Handling handling) {
        return new Message(
                Given.id(3), Given.tag(1), null, Terms.usual(), Given.body("a letter"), null, Given.NOW, handling);
    }

    private static OutboxEvent ended(Outcome outcome) {
        return new OutboxEvent.Ended(Given.id(1), outcome, Given.NOW, true);
    }
}
