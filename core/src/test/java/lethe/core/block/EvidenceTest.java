package lethe.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Instant NOW = Samples.START;
    private static final long MALLORY = 0x6d616c6c6f7279L;

    private final Random random = new Random(1);
    private final Evidence evidence = new Evidence();

    @Test
    void namesTheSenderToWhoeverHasTheMessageOnce() {
        MessageId id = Samples.messageId(random);
        evidence.add(id, body(1), MALLORY, NOW);

        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW)).hasValue(MALLORY);
        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW)).isEmpty();
    }

    @Test
    void namesNobodyToWhoeverHasNot() {
        MessageId id = Samples.messageId(random);
        evidence.add(id, body(1), MALLORY, NOW);

        assertThat(evidence.open(Evidence.proof(id, body(2)), NOW)).isEmpty();
        assertThat(evidence.open(Evidence.proof(Samples.messageId(random), body(1)), NOW))
                .isEmpty();
        assertThat(evidence.open(Opaque.wrap(new byte[Evidence.PROOF_LENGTH]), NOW))
                .isEmpty();
    }

    @Test
    void doesNotHoldTheSenderInClear() throws ReflectiveOperationException {
        evidence.add(Samples.messageId(random), body(1), MALLORY, NOW);

        Field ring = Evidence.class.getDeclaredField("ring");
        ring.setAccessible(true);
        assertThat((long[]) ring.get(evidence)).doesNotContain(MALLORY).isNotEmpty();
    }

    @Test
    void knowsTheLastFewOnly() {
        MessageId[] ids = new MessageId[Evidence.MOST + 1];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Samples.messageId(random);
            evidence.add(ids[i], body(i), 1 + i, NOW);
        }
        assertThat(evidence.open(Evidence.proof(ids[0], body(0)), NOW)).isEmpty();
        for (int i = 1; i < ids.length; i++) {
            assertThat(evidence.open(Evidence.proof(ids[i], body(i)), NOW)).hasValue(1L + i);
        }
    }

    @Test
    void knowsThemForAnHour() {
        MessageId id = Samples.messageId(random);
        evidence.add(id, body(1), MALLORY, NOW);

        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW.plus(Duration.ofHours(1))))
                .isEmpty();
        evidence.release(NOW.plus(Duration.ofMinutes(59)));
        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW.plus(Duration.ofMinutes(59))))
                .hasValue(MALLORY);
        evidence.add(id, body(1), MALLORY, NOW);
        evidence.release(NOW.plus(Duration.ofHours(1)));
        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW)).isEmpty();
    }

    @Test
    void keepsNothingOfASenderThatIsNotKnown() {
        MessageId id = Samples.messageId(random);
        evidence.add(id, body(1), 0, NOW);

        assertThat(evidence.open(Evidence.proof(id, body(1)), NOW)).isEmpty();
    }

    @Test
    void isProvenAsTheDocumentSays() throws Exception {
        MessageId id = Samples.messageId(random);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("lethe/1 report".getBytes(StandardCharsets.US_ASCII));
        digest.update(id.bytes().toBytes());
        digest.update(body(1).toBytes());

        assertThat(Evidence.proof(id, body(1)).toBytes()).isEqualTo(digest.digest());
    }

    private static Opaque body(int of) {
        byte[] bytes = new byte[300];
        Arrays.fill(bytes, (byte) of);
        return Opaque.wrap(bytes);
    }
}
