package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import lethe.core.identity.MessageId;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/**
 * Several incarnations of one subscriber at once, on nodes whose clocks differ, interleaved statement by statement.
 *
 * <p>The model: every incarnation has a state in memory, and its last head stands for that state. What is read next is
 * the state of the highest incarnation with a head, exactly; a life without a head ends when the next incarnation finds
 * it so. And whoever is told that its save happened is the latest.
 */
public class InterleavingTest extends JUnitSuite {

    private static final int TRIALS = Integer.getInteger("lethe.trials", 40);
    private static final int STEPS = 40;

    private static List<Node> agreeing;
    private static List<Node> disagreeing;

    @BeforeClass
    public static void open() {
        var node = Node.open();
        agreeing = List.of(node, Node.open());
        disagreeing = List.of(node, Node.open(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20))));
    }

    @AfterClass
    public static void close() {
        agreeing.forEach(Node::close);
        disagreeing.forEach(Node::close);
    }

    @Test
    public void readsExactlyTheStateOfTheHighestIncarnationThatSaved() {
        for (long seed = 1; seed <= TRIALS; seed++) {
            new Trial(seed, disagreeing, false).run();
        }
    }

    @Test
    public void neverMixesALifeWithOneThatWasErased() {
        for (long seed = 1; seed <= TRIALS; seed++) {
            new Trial(seed, agreeing, true).run();
        }
    }

    private static final class Trial {
        private final long seed;
        private final Given given;
        private final String pid;
        private final List<Node> nodes;
        private final boolean erasing;
        private final Map<Node, Life> lives = new HashMap<>();
        /** By incarnation: the content that its last head stands for; empty for an erasure. */
        private final TreeMap<Long, Optional<SortedSet<String>>> heads = new TreeMap<>();

        private final List<String> trace = new ArrayList<>();
        private long latest;
        /** The number of the entity's present life; 0 while it has none. */
        private long present;

        Trial(long seed, List<Node> nodes, boolean erasing) {
            this.seed = seed;
            this.given = new Given(seed);
            this.pid = given.persistenceId() + System.nanoTime();
            this.nodes = nodes;
            this.erasing = erasing;
        }

        void run() {
            recover(nodes.get(0));
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            recover(given.oneOf(nodes));
        }

        private void step() {
            var node = given.oneOf(nodes);
            var life = lives.get(node);
            if (life == null || given.number(12) == 0) {
                recover(node);
            } else {
                life.step();
            }
        }

        private void recover(Node node) {
            var loaded = Node.await(node.store.load(pid));
            var claimed = node.store.claim(pid).map(Claim::number);
            var read = loaded.map(found -> content(found.state(), found.sequence()));
            trace.add("node " + nodes.indexOf(node) + " claims " + claimed + " reads " + read);
            var expected = heads.isEmpty()
                    ? Optional.<SortedSet<String>>empty()
                    : heads.lastEntry().getValue();
            assertThat(read).as("seed %d: %s", seed, trace).isEqualTo(expected);
            if (claimed.isEmpty()) {
                endLife();
            }
            latest = claimed.orElse(0L);
            if (node.store.claim(pid).filter(Claim::hasStoredHead).isPresent()) {
                heads.put(latest, read);
            }
            lives.put(node, new Life(node, loaded));
        }

        private void endLife() {
            heads.clear();
            present = 0;
        }

        private static SortedSet<String> content(SubscriberState state, long sequence) {
            var content = new TreeSet<String>();
            content.add("sequence " + sequence);
            state.held()
                    .forEach(row -> content.add(
                            "held " + row.envelope().id() + " " + row.slot().number()));
            state.receipts().forEach(receipt -> content.add("receipt " + receipt.id()));
            return content;
        }

        /** One incarnation, whose save may stop between any two statements. */
        private final class Life {
            private final Node node;
            private final SubscriberState state;
            private final List<Runnable> remaining = new ArrayList<>();
            private long sequence;
            private long slots;
            private boolean dead;

            Life(Node node, Optional<Loaded> loaded) {
                this.node = node;
                this.state = loaded.map(Loaded::state).orElseGet(() -> SubscriberState.absent(0));
                this.sequence = node.store.loadedSequence(pid);
            }

            void step() {
                if (dead) {
                    return;
                }
                try {
                    if (remaining.isEmpty()) {
                        begin();
                    } else {
                        remaining.remove(0).run();
                    }
                } catch (CompletionException refused) {
                    trace.add("refused: " + refused.getMessage());
                    assertThat(refused).as("seed %d", seed).hasCauseInstanceOf(SupersededException.class);
                    assertThat(node.store.claim(pid).map(Claim::number))
                            .as("seed %d: the latest incarnation was refused: %s", seed, trace)
                            .isNotEqualTo(latest == 0 ? Optional.empty() : Optional.of(latest));
                    dead = true;
                }
            }

            private void begin() {
                var event = nextEvent();
                sequence++;
                var begins = node.store.claim(pid).isEmpty();
                Node.await(node.store.accept(pid, event));
                if (begins) {
                    latest = claim().number();
                    present = claim().life();
                }
                trace.add(claim().number() + " accepts " + event);
                event.applyTo(state);
                if (event instanceof SubscriberEvent.OptedOut && given.number(2) == 0) {
                    trace.add("and opts in again with the same save");
                    sequence++;
                    given.optedIn().applyTo(state);
                }
                if (state.changes().erase()) {
                    remaining.add(this::erase);
                } else {
                    remaining.add(this::planAndWriteRows);
                }
            }

            private SubscriberEvent nextEvent() {
                if (state.consent().isEmpty()) {
                    return given.optedIn();
                }
                var held = state.held().stream().map(row -> row.envelope().id()).toList();
                var ended =
                        state.receipts().stream().map(receipt -> receipt.id()).toList();
                return switch (given.number(erasing ? 8 : 7)) {
                    case 0, 1 -> held.isEmpty() ? hold(given.messageId()) : given.ended(given.oneOf(held));
                    case 2, 3 ->
                        ended.isEmpty()
                                ? hold(given.messageId())
                                : new SubscriberEvent.Settled(List.of(given.oneOf(ended)));
                    case 7 -> new SubscriberEvent.OptedOut();
                    default -> hold(given.messageId());
                };
            }

            private SubscriberEvent hold(MessageId id) {
                slots++;
                var length = given.number(4) == 0 ? 40_000 : 20;
                return new SubscriberEvent.Held(List.of(given.envelope(id, state.incarnation(), slots, length)));
            }

            private void planAndWriteRows() {
                var plan = node.store
                        .planner()
                        .plan(
                                pid,
                                claim(),
                                sequence,
                                Instant.now(),
                                state,
                                state.head().orElseThrow());
                Node.await(node.due.add(plan.due(), claim().number()));
                Node.await(node.database.writeInChunks(plan.first()));
                remaining.add(() -> writeHead(plan));
            }

            private void writeHead(SavePlan plan) {
                Node.await(node.database.write(plan.last()));
                trace.add(claim().number() + " writes head for " + content(state, sequence));
                if (isOfPresentLife()) {
                    heads.put(claim().number(), Optional.of(content(state, sequence)));
                }
                remaining.add(() -> fence(plan));
            }

            private void fence(SavePlan plan) {
                trace.add(claim().number() + " asks");
                Node.await(node.store.fence(pid, claim()));
                assertThat(claim().number())
                        .as("seed %d: a zombie was told that it saved", seed)
                        .isEqualTo(latest);
                claim().headStored();
                state.saved();
                remaining.add(() -> Node.await(node.database.writeInChunks(plan.after())));
                remaining.add(() -> claim().deleted(plan.gone()));
            }

            private void erase() {
                var number = claim().number();
                trace.add(number + " erases");
                if (isOfPresentLife()) {
                    heads.put(number, Optional.empty());
                }
                Node.await(node.store.save(pid, sequence, Instant.now(), state));
                assertThat(number).as("seed %d: a zombie erased", seed).isEqualTo(latest);
                endLife();
                latest = 0;
                state.saved();
                state.head().ifPresent(head -> {
                    latest = claim().number();
                    present = claim().life();
                    heads.put(latest, Optional.of(content(state, sequence)));
                });
            }

            private boolean isOfPresentLife() {
                return claim().life() == present;
            }

            private Claim claim() {
                return node.store.claim(pid).orElseThrow();
            }
        }
    }
}
