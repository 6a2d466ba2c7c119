package lethe.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import lethe.core.limit.Paces;
import lethe.device.Given;
import lethe.device.Trials;
import lethe.seal.content.RemoteAttachment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two phones and what is between them: chunks are lost, doubled, overtaken and refused, and phones die. */
class TransferTest {
    private static final int CHUNK = RemoteAttachment.CHUNK;
    private static final Duration LONG = Duration.ofHours(20);

    @ParameterizedTest
    @ValueSource(ints = {1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void aSmallFileArrivesWhateverHappens(int size) {
        Trials.forAll(300, random -> arrives(random, size));
    }

    @Test
    void aFileOfSeveralMebibytesArrivesWhateverHappens() {
        Trials.forAll(12, random -> arrives(random, (2 << 20) + random.nextInt(2 << 20)));
    }

    private static void arrives(Random random, int size) {
        World world = new World(random, size, 1 + random.nextInt(8));
        world.lost = random.nextInt(40);
        world.doubled = random.nextInt(30);
        world.longestWay = Duration.ofMillis(random.nextInt(3_000));
        world.broker = new Paces(5 + random.nextInt(45), Duration.ofSeconds(1), 1 + random.nextInt(50), 1);
        world.plan(Duration.ofMillis(random.nextInt(1_000)), world::connect);
        for (int i = random.nextInt(6); i > 0; i--) {
            incident(random, world);
        }

        world.runFor(LONG);

        assertThat(world.ended).containsExactly(IncomingOutcome.COMPLETE);
        assertThat(world.sink.bytes).isEqualTo(world.source.bytes);
    }

    private static void incident(Random random, World world) {
        Duration at = Duration.ofMillis(random.nextInt(40_000));
        if (random.nextBoolean()) {
            world.plan(at, world::restart);
        } else {
            world.plan(at, world::disconnect);
            world.plan(at.plusMillis(random.nextInt(600_000)), world::connect);
        }
    }

    @Test
    void aFileWhoseSenderIsGoneEndsOnce() {
        Trials.forAll(100, random -> {
            World world = new World(random, 20 * CHUNK, 4);
            world.lost = random.nextInt(20);
            world.longestWay = Duration.ofMillis(random.nextInt(500));
            world.plan(Duration.ZERO, world::connect);
            world.plan(Duration.ofMillis(random.nextInt(9_000)), world::forget);

            world.runFor(LONG);
            world.runFor(LONG);

            assertThat(world.ended).hasSize(1).containsAnyOf(IncomingOutcome.GONE, IncomingOutcome.COMPLETE);
            assertThat(world.ended.contains(IncomingOutcome.COMPLETE))
                    .isEqualTo(world.incoming.received() == world.file.chunks());
        });
    }

    @Test
    void aFileThatIsChangedMeanwhileNeverArrivesAsAnotherOne() {
        Trials.forAll(20, random -> {
            World world = new World(random, 20 * CHUNK, 4);
            world.plan(Duration.ZERO, world::connect);
            world.plan(Duration.ofMillis(random.nextInt(1_500)), () -> world.source.bytes[19 * CHUNK]++);

            world.runFor(LONG);

            assertThat(world.ended).containsExactly(IncomingOutcome.GONE);
            assertThat(world.told).contains(new OutgoingAction.TellEnded(world.file.transfer(), OfferEnd.CHANGED));
            assertThat(world.source.closed).isTrue();
        });
    }

    /** At 640 KiB a second, after the few questions in which it finds out that it may: 20 MiB are 640 chunks. */
    @Test
    void leavesHalfOfWhatABrokerLetsPassToMessages() {
        World world = new World(new Random(1), 20 << 20, 32);
        world.longestWay = Duration.ofMillis(80);
        world.connect();

        world.runFor(LONG);

        assertThat(world.ended).containsExactly(IncomingOutcome.COMPLETE);
        assertThat(Duration.between(Given.NOW, world.now)).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(45));
        assertThat(world.refused).isZero();
        assertThat(world.sent).isEqualTo(640);
        assertThat(world.questions).isLessThan(12);
        assertThat(world.mostAsked).isLessThanOrEqualTo(240);
    }

    /** A message waits behind the chunks that are in front of the recipient's connection. */
    @ParameterizedTest
    @CsvSource({"100, 2", "250, 3", "1000, 5", "3000, 15"})
    void fitsItselfToASlowConnection(int millisPerChunk, int longestBacklog) {
        World world = new World(new Random(1), 200 * CHUNK, 32);
        world.perChunk = Duration.ofMillis(millisPerChunk);
        world.longestWay = Duration.ofMillis(50);
        world.connect();

        world.runFor(LONG);

        assertThat(world.ended).containsExactly(IncomingOutcome.COMPLETE);
        assertThat(world.longestBacklog).isLessThan(Duration.ofSeconds(longestBacklog));
        assertThat(Duration.between(Given.NOW, world.now))
                .isLessThan(Duration.ofMillis(millisPerChunk * 260L).plusSeconds(5));
        assertThat(world.sent).isLessThan(210);
    }

    /** A broker that lets somebody send six messages a minute whom many have reported. */
    @Test
    void fitsItselfToABrokerThatRefuses() {
        World world = new World(new Random(1), 100 * CHUNK, 32);
        world.broker = new Paces(6, Duration.ofMinutes(1), 1, 1);
        world.connect();

        world.runFor(LONG);

        assertThat(world.ended).containsExactly(IncomingOutcome.COMPLETE);
        assertThat(world.refused).isLessThan(25);
        assertThat(world.sent - world.refused).isLessThan(110);
    }
}
