package lethe.loadtest.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Set<Victim> ALL = Set.of(Victim.values());

    @Test
    void bringEveryVictimOnceARound() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(turns(ALL, seed, 3)).as("seed %d", seed).containsExactlyInAnyOrder(Victim.values());
        }
    }

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(turns(ALL, 7, 30)).isEqualTo(turns(ALL, 7, 30)).isNotEqualTo(turns(ALL, 8, 30));
    }

    @Test
    void bringNobodyElse() {
        assertThat(turns(Set.of(Victim.CASSANDRA), 1, 3)).containsOnly(Victim.CASSANDRA);
    }

    private static List<Victim> turns(Set<Victim> victims, long seed, int count) {
        var turns = new Turns<>(victims, new Random(seed));
        return Stream.generate(turns::next).limit(count).toList();
    }
}
