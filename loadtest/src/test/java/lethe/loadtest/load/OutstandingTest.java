package lethe.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private final Outstanding outstanding = new Outstanding();

    private long send(long due) {
        outstanding.schedule(due);
        return outstanding.send(due);
    }

    @Test
    void knowsWhenAMessageWasDueUntilItEnds() {
        long number = send(17);
        assertThat(outstanding.due(number)).isEqualTo(17);
        assertThat(outstanding.end(number)).isTrue();
        assertThat(outstanding.due(number)).isZero();
    }

    @Test
    void knowsWhenAMessageWasSentLast() {
        outstanding.schedule(17);
        long number = outstanding.send(20);
        assertThat(outstanding.sentAt(number)).isEqualTo(20);
        outstanding.sendAgain(number, 30);
        assertThat(outstanding.sentAt(number)).isEqualTo(30);
        outstanding.end(number);
        assertThat(outstanding.sentAt(number)).isZero();
    }

    @Test
    void takesNoSecondEndForNews() {
        long number = send(17);
        assertThat(outstanding.end(number)).isTrue();
        assertThat(outstanding.end(number)).isFalse();
    }

    @Test
    void takesNoEndOfWhatWasNotSent() {
        outstanding.schedule(1);
        assertThat(outstanding.end(0)).isFalse();
        assertThat(outstanding.end(-1)).isFalse();
    }

    @Test
    void countsWhatIsHeldApart() {
        long number = send(17);
        assertThat(outstanding.hold(number)).isTrue();
        assertThat(outstanding.hold(number)).isFalse();
        assertThat(outstanding.underWay()).isZero();
        assertThat(outstanding.held()).isEqualTo(1);
        assertThat(outstanding.due(number)).isEqualTo(17);
        assertThat(outstanding.end(number)).isTrue();
        assertThat(outstanding.held()).isZero();
    }

    @Test
    void agreesWithAMapWhateverTheOrderOfEnds() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var ring = new Outstanding();
            var map = new TreeMap<Long, Long>();
            for (int step = 1; step < 5_000; step++) {
                if (map.isEmpty() || random.nextInt(100) < 52) {
                    ring.schedule(step);
                    map.put(ring.send(step), (long) step);
                } else {
                    long from = map.firstKey() + random.nextInt(20);
                    Long number = map.ceilingKey(from) == null ? map.firstKey() : map.ceilingKey(from);
                    assertThat(ring.sentAt(number)).as("seed %d", seed).isEqualTo(map.get(number));
                    assertThat(ring.due(number)).as("seed %d", seed).isEqualTo(map.remove(number));
                    assertThat(ring.end(number)).as("seed %d", seed).isTrue();
                }
                assertThat(ring.underWay()).as("seed %d", seed).isEqualTo(map.size());
            }
        }
    }
}
