package lethe.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private final Random random = new Random(1);
    private final Opaque text = Samples.opaque(random, 32);
    private final Policy policy = new Policy(5, text);

    private Consent consent(long epoch, Opaque textHash, Set<Scope> scopes) {
        return new Consent(epoch, textHash, scopes, Samples.START, Samples.deviceId(random), Opaque.empty());
    }

    private ConsentVerdict verdict(long epoch, Opaque textHash, Set<Scope> scopes) {
        return policy.judge(consent(epoch, textHash, scopes));
    }

    @Test
    void takesAConsentToWhatIsInForce() {
        assertThat(verdict(5, text, Set.of(Scope.IP))).isEqualTo(ConsentVerdict.GOOD);
        assertThat(verdict(5, text, EnumSet.allOf(Scope.class))).isEqualTo(ConsentVerdict.GOOD);
    }

    @Test
    void takesNoConsentToAnotherEpochOrText() {
        assertThat(verdict(4, text, Set.of(Scope.IP))).isEqualTo(ConsentVerdict.STALE_EPOCH);
        assertThat(verdict(6, text, Set.of(Scope.IP))).isEqualTo(ConsentVerdict.UNKNOWN_EPOCH);
        assertThat(verdict(5, Samples.opaque(random, 32), Set.of(Scope.IP))).isEqualTo(ConsentVerdict.OTHER_TEXT);
    }

    @Test
    void readsNoScopeIntoAnother() {
        assertThat(verdict(5, text, Set.of())).isEqualTo(ConsentVerdict.NOTHING_GRANTED);
        assertThat(verdict(5, text, EnumSet.complementOf(EnumSet.of(Scope.IP))))
                .isEqualTo(ConsentVerdict.NOTHING_GRANTED);
    }

    @Test
    void switchesEverybodyOffWhenTheEpochRises() {
        Consent given = consent(5, text, Set.of(Scope.IP));

        assertThat(policy.honours(given)).isTrue();
        assertThat(new Policy(6, text).honours(given)).isFalse();
    }

    @Test
    void startsWithEpochOne() {
        assertThat(new Policy(1, text).epoch()).isEqualTo(1);
        assertThatThrownBy(() -> new Policy(0, text)).isInstanceOf(IllegalArgumentException.class);
    }
}
