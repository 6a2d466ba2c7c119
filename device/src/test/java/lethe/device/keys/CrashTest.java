package lethe.device.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.device.HandAlarm;
import lethe.device.Trials;
import lethe.device.store.Identity;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.content.Letter;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyUse;
import org.junit.jupiter.api.Test;

/** A phone that dies at any write, between a letter, its prekey, and what is published, again and again. */
class CrashTest {
    private static final int SEEDS = 25;
    private static final int STEPS = 60;

    @Test
    void losesNoLetterOpensNoneTwiceAndGivesNoIdToTwoKeys() {
        Trials.forAll(SEEDS, random -> {
            World world = new World(random);
            for (int i = 0; i < STEPS; i++) {
                world.step();
            }
            world.end();
        });
    }

    /** A letter that lies in the inbox with what it used. */
    private record Taken(MessageId id, PrekeyUse use) {}

    private static final class World {
        private final Random random;
        private final HandAlarm clock = new HandAlarm();
        private final Disk disk = new Disk();
        private final Identity bob;
        private final Friend alice;
        private final Shelf broker;
        private final List<Taken> inbox = new ArrayList<>();
        private final Map<Opaque, MessageId> underWay = new LinkedHashMap<>();
        private final List<MessageId> sent = new ArrayList<>();
        private KeptPrekeys prekeys;

        World(Random random) {
            this.random = random;
            bob = Identity.draw(random);
            alice = new Friend(random);
            broker = new Shelf(bob.device());
            prekeys = disk.open();
        }

        void step() {
            if (random.nextInt(3) == 0) {
                disk.dieAfter(random.nextInt(4), random.nextBoolean());
            }
            try {
                switch (random.nextInt(6)) {
                    case 0 -> refill();
                    case 1, 2, 3 -> send();
                    default -> receive();
                }
                disk.live();
            } catch (Disk.Died died) {
                disk.live();
                start();
            }
        }

        /** The process is new: what was written down with letters is applied. */
        private void start() {
            prekeys = disk.open();
            inbox.forEach(each -> prekeys.apply(each.use()));
        }

        /** The answer may be lost, or all that was sent. */
        private void refill() {
            PrekeyBatch batch = new Refill(prekeys, bob, clock, random).refill(broker.left());
            if (random.nextInt(3) > 0) {
                broker.put(batch);
            }
        }

        private void send() {
            Suite suite = random.nextInt(4) == 0 ? Suite.X25519 : Suite.X_WING;
            Optional<BundledPrekey> given = broker.give(suite.code());
            if (given.isPresent()) {
                Letter letter = alice.letter();
                underWay.put(alice.seal(bob.tag(), bob.listed(), given.get(), letter), letter.id());
                sent.add(letter.id());
            }
        }

        private void receive() {
            List<Opaque> waiting = List.copyOf(underWay.keySet());
            if (!waiting.isEmpty()) {
                receive(waiting.get(random.nextInt(waiting.size())));
            }
        }

        /** Nothing but the prekeys tells a letter that was opened before. */
        private void receive(Opaque envelope) {
            Opener opener = new Opener(bob.tag(), prekeys, tag -> Optional.of(alice.pin()));
            if (opener.examine(envelope) instanceof Opening.Opened found) {
                assertThat(opener.take(found)).isEqualTo(found);
                disk.write(() -> inbox.add(new Taken(found.letter().id(), found.use())));
                prekeys.flush();
            } else {
                assertThat(inbox)
                        .as("it is there already")
                        .extracting(Taken::id)
                        .contains(underWay.get(envelope));
            }
            underWay.remove(envelope);
        }

        void end() {
            start();
            List.copyOf(underWay.keySet()).forEach(this::receive);
            assertThat(inbox).extracting(Taken::id).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(sent).as("something was sent at all").isNotEmpty();
        }
    }
}
