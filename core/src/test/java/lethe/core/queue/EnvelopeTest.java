package lethe.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Urgency;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Instant EXPIRES = Samples.START.plusSeconds(60);

    private final Random random = new Random(1);
    private final MessageId id = Samples.messageId(random);

    private Envelope envelope(Fallback fallback, Instant deadline) {
        return new Envelope(id, Samples.opaque(random, 8), Urgency.LOW, EXPIRES, fallback, deadline);
    }

    @Test
    void hasItsDeadlineWithinItsLifetime() {
        assertThat(envelope(Fallback.DEVICE, EXPIRES).due()).isEqualTo(EXPIRES);
        assertThatThrownBy(() -> envelope(Fallback.DEVICE, EXPIRES.plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNoDeadlineOfItsOwnWithoutAFallback() {
        assertThat(envelope(Fallback.NONE, EXPIRES).due()).isEqualTo(EXPIRES);
        assertThatThrownBy(() -> envelope(Fallback.NONE, EXPIRES.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNoneThatAGatewayWouldHaveToSend() {
        for (Fallback fallback : List.of(Fallback.GATEWAY, Fallback.NOTICE)) {
            assertThatThrownBy(() -> envelope(fallback, EXPIRES)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void isToldFromAnotherOneUnderTheSameId() {
        assertThat(envelope(Fallback.NONE, EXPIRES).fingerprint())
                .isNotEqualTo(envelope(Fallback.NONE, EXPIRES).fingerprint());
    }
}
