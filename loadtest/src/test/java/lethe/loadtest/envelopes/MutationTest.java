package lethe.loadtest.envelopes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.UnaryOperator;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

/** What is called an attack must be one: an envelope that came out as it was would be opened, and rightly so. */
class MutationTest {
    private static final int TRIALS = 3_000;

    private final Random random = new Random(1);
    private final Mutation mutation = new Mutation(random);

    @Test
    void leavesNoEnvelopeAsItWas() {
        Opaque envelope = Correspondent.bytes(random, 630);

        holds(mutation::turnBit, envelope);
        holds(mutation::cut, envelope);
        holds(mutation::extend, envelope);
        holds(mutation::reorder, envelope);
        holds(mutation::reorder, Opaque.wrap(new byte[630]));
    }

    /** Two envelopes to one prekey begin alike. */
    @Test
    void splicesNeitherOfTwoEnvelopesThatAreAlmostAlike() {
        byte[] bytes = new byte[630];
        Opaque envelope = Opaque.copyOf(bytes);
        bytes[300] = 3;
        Opaque other = Opaque.copyOf(bytes);
        for (int i = 0; i < TRIALS; i++) {
            assertThat(mutation.splice(envelope, other)).isNotIn(envelope, other);
        }
    }

    private static void holds(UnaryOperator<Opaque> alters, Opaque envelope) {
        for (int i = 0; i < TRIALS; i++) {
            assertThat(alters.apply(envelope)).isNotEqualTo(envelope);
        }
    }
}
