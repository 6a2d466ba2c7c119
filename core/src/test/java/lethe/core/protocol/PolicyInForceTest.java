package lethe.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.core.Samples;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class PolicyInForceTest {
    private static final String TEXT = "Off by default.";
    private static final SignedPolicy SIGNED =
            new SignedPolicy(Policy.of(2, TEXT), TEXT, Samples.START, Opaque.wrap(new byte[64]));

    @Test
    void isSignedAsItWas() {
        assertThat(Bodies.PolicyInForce.of(SIGNED).signed()).contains(SIGNED);
    }

    @Test
    void isNotSignedIfItIsFromTheSettings() {
        assertThat(Bodies.PolicyInForce.of(Policy.of(2, TEXT), TEXT).signed()).isEmpty();
    }

    @Test
    void isNotSignedWithoutTimeOrSignatureOrEpoch() {
        Opaque hash = SIGNED.policy().textHash();

        assertThat(new Bodies.PolicyInForce(2, hash, TEXT, null, SIGNED.signature()).signed())
                .isEmpty();
        assertThat(new Bodies.PolicyInForce(2, hash, TEXT, SIGNED.at(), null).signed())
                .isEmpty();
        assertThat(new Bodies.PolicyInForce(0, hash, TEXT, SIGNED.at(), SIGNED.signature()).signed())
                .isEmpty();
    }
}
