package lethe.loadtest.envelopes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.PrekeyStore;
import org.junit.jupiter.api.Test;

/** Phones pass the drill, and the drill finds every hole that is made for it. */
class EnvelopesRunTest {
    private static final EnvelopesPlan PLAN = new EnvelopesPlan(260, 7);

    @Test
    void phonesTakeNothingThatABrokerMakes() {
        EnvelopesReport report = run(Door.Maker.REAL);

        assertThat(report.passed()).isTrue();
        assertThat(report.accepted()).isEmpty();
        assertThat(report.thrown()).isZero();
        assertThat(report.tried()).hasSize(Attack.values().length).containsValue(20);
        assertThat(report.controls()).isEqualTo(20);
        assertThat(report.opened()).isEqualTo(20);
        assertThat(report.refusals().keySet())
                .contains("MALFORMED", "NOT_FOR_US", "NO_SUCH_PREKEY", "SEEN_BEFORE", "FORGED", "OTHER_ACCOUNT");
    }

    @Test
    void triesTheSameWithTheSameSeed() {
        assertThat(run(Door.Maker.REAL)).isEqualTo(run(Door.Maker.REAL));
    }

    @Test
    void findsAPhoneThatIgnoresItsPins() {
        EnvelopesReport report = run((own, prekeys, pins) -> new Opener(own, prekeys, tag -> Optional.empty())::open);

        assertThat(report.passed()).isFalse();
        assertThat(report.accepted()).containsOnlyKeys("substituted_sender");
    }

    @Test
    void findsAPhoneThatKeepsItsPrekeys() {
        EnvelopesReport report = run((own, prekeys, pins) -> new Opener(own, new Hoarding(prekeys), pins)::open);

        assertThat(report.passed()).isFalse();
        assertThat(report.accepted()).containsOnlyKeys("replayed");
    }

    /** A verifier that believes everything: what it was once shown in good order stands for all that it cannot open. */
    @Test
    void findsAPhoneThatBelievesEverything() {
        EnvelopesReport report = run((own, prekeys, pins) -> {
            Opener opener = new Opener(own, prekeys, pins);
            Map<String, Opening> good = new HashMap<>();
            return envelope -> believe(opener.open(envelope), good);
        });

        assertThat(report.passed()).isFalse();
        assertThat(report.accepted().keySet()).containsAll(List.of("bit_turned", "cut", "extended", "resealed"));
    }

    @Test
    void findsAPhoneThatThrows() {
        EnvelopesReport report = run((own, prekeys, pins) -> {
            Opener opener = new Opener(own, prekeys, pins);
            return envelope -> thrown(opener.open(envelope));
        });

        assertThat(report.passed()).isFalse();
        assertThat(report.thrown()).isEqualTo(20 * 12);
        assertThat(report.accepted()).isEmpty();
    }

    @Test
    void findsAPhoneThatOpensNothing() {
        int[] opened = {0};
        EnvelopesReport report = run((own, prekeys, pins) -> {
            Opener opener = new Opener(own, prekeys, pins);
            return envelope -> opened[0]++ == 0 ? opener.open(envelope) : nothing();
        });

        assertThat(report.accepted()).isEmpty();
        assertThat(report.opened()).isZero();
        assertThat(report.passed()).isFalse();
    }

    @Test
    void measuresBothSuites() {
        Map<String, Object> figures = new EnvelopesBench(3).run();

        assertThat(figures.get("X25519")).asString().contains("envelopeBytes=630", "prekeyBytes=111");
        assertThat(figures.get("X_WING")).asString().contains("envelopeBytes=1718", "prekeyBytes=1295");
    }

    private static EnvelopesReport run(Door.Maker doors) {
        return new EnvelopesRun(PLAN, doors, line -> {}).run();
    }

    private static Opening believe(Opening opening, Map<String, Opening> good) {
        if (opening instanceof Opening.Opened) {
            good.put("last", opening);
        }
        return opening instanceof Opening.Unopenable ? good.getOrDefault("last", opening) : opening;
    }

    private static Opening thrown(Opening opening) {
        if (opening instanceof Opening.Unopenable) {
            throw new IllegalArgumentException("not an envelope");
        }
        return opening;
    }

    private static Opening nothing() {
        return new Opening.Unopenable(Opening.Reason.MALFORMED);
    }

    /** Says that it destroys what it keeps, and remembers nothing. */
    private record Hoarding(PrekeyStore store) implements PrekeyStore {
        @Override
        public Optional<PrekeySecret> find(PrekeyId id) {
            return store.find(id);
        }

        @Override
        public boolean destroy(PrekeyId id) {
            return true;
        }

        @Override
        public Note look(PrekeyId lastResort, Opaque mark, Writer writer) {
            return Note.NEW;
        }

        @Override
        public Note note(PrekeyId lastResort, Opaque mark, Writer writer) {
            return Note.NEW;
        }
    }
}
