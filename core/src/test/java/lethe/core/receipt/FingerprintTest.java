package lethe.core.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import lethe.core.Samples;
import lethe.core.Trials;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void isTheBeginningOfSha256OverIdAndBody() {
        // sha256(16 zero bytes, then "abc"), by another program.
        MessageId zero = new MessageId(Opaque.wrap(new byte[MessageId.LENGTH]));
        Opaque body = Opaque.wrap(new byte[] {'a', 'b', 'c'});

        assertThat(HexFormat.of().toHexDigits(Fingerprint.of(zero, body))).isEqualTo("277e7ff6d232b976");
    }

    @Test
    void isTheSameForTheSameEnvelopeOnly() {
        Trials.forAll(random -> {
            MessageId id = Samples.messageId(random);
            byte[] body = Samples.opaque(random, 1 + random.nextInt(200)).toBytes();
            long fingerprint = Fingerprint.of(id, Opaque.copyOf(body));
            assertThat(Fingerprint.of(id, Opaque.copyOf(body))).isEqualTo(fingerprint);
            assertThat(Fingerprint.of(Samples.messageId(random), Opaque.copyOf(body)))
                    .isNotEqualTo(fingerprint);

            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(Fingerprint.of(id, Opaque.wrap(body))).isNotEqualTo(fingerprint);
        });
    }
}
