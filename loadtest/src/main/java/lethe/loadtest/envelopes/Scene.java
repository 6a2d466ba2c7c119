package lethe.loadtest.envelopes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.seal.Opening;
import lethe.seal.content.Content;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.Prekey;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;
import lethe.seal.prekey.PrekeyVerdict;

/**
 * Alice writes to Bob, who has pinned her; Carol has a phone too, and Mallory is the broker, with an account of her
 * own. One envelope at a time is under way, and attacked.
 */
final class Scene {
    private static final int REMEMBERED = 64;
    /** Envelopes after which a prekey of last resort is replaced. */
    private static final int WEAR = 500;

    private static final int LONG = 1_500;
    private static final int SHORT = 60;

    private final RandomGenerator random;
    private final Mutation mutation;
    private final Correspondent alice;
    private final Correspondent bob;
    private final Correspondent carol;
    private final Correspondent mallory;
    /** Has another account, and writes under Alice's address. */
    private final Correspondent impostor;
    /** Bob's prekeys and pins, at another address. */
    private final Door elsewhere;

    private final Map<Suite, PrekeyPair> lastResorts = new EnumMap<>(Suite.class);
    private final Map<Suite, PrekeyPair> spares = new EnumMap<>(Suite.class);
    private final Map<Suite, PrekeyPair> carols = new EnumMap<>(Suite.class);
    private final List<Opaque> opened = new ArrayList<>();
    private Letters now;
    private int rounds;

    Scene(RandomGenerator random, Door.Maker doors) {
        this.random = random;
        mutation = new Mutation(random);
        alice = new Correspondent(random, doors);
        bob = new Correspondent(random, doors);
        carol = new Correspondent(random, doors);
        mallory = new Correspondent(random, doors);
        impostor = new Correspondent(alice.tag(), random, doors);
        bob.pin(alice);
        carol.pin(alice);
        elsewhere = bob.doorAt(mallory.tag(), doors);
        for (Suite suite : Suite.values()) {
            spares.put(suite, bob.publish(PrekeyKind.ONE_TIME, suite));
            carols.put(suite, carol.publish(PrekeyKind.LAST_RESORT, suite));
        }
        now = seal();
        if (!finish()) {
            throw new IllegalStateException("Bob cannot read what nobody touched");
        }
    }

    /**
     * Tries one attack.
     *
     * @return why it was refused; empty if it was not
     */
    Optional<String> attempt(Attack attack) {
        return switch (attack) {
            case BIT_TURNED -> atBobs(mutation.turnBit(now.envelope));
            case CUT -> atBobs(mutation.cut(now.envelope));
            case EXTENDED -> atBobs(mutation.extend(now.envelope));
            case REORDERED -> atBobs(mutation.reorder(now.envelope));
            case SPLICED -> atBobs(mutation.splice(now.envelope, now.other));
            case OTHER_PREKEY -> atBobs(mutation.name(now.envelope, spare(suite())));
            case OTHER_SUITE -> atBobs(mutation.convert(now.envelope, suite(), spare(otherSuite())));
            case REPLAYED -> atBobs(opened.get(random.nextInt(opened.size())));
            case WRONG_RECIPIENT -> refusal(carol.door().open(forCarol()));
            case OTHER_ADDRESS -> refusal(elsewhere.open(now.envelope));
            case RESEALED -> atBobs(resealed());
            case SUBSTITUTED_SENDER -> atBobs(impostor.seal(bob.checked(now.to), now.text));
            case SUBSTITUTED_PREKEY -> refusal(bob.check(substitute()));
        };
    }

    /**
     * Opens the envelope as it was sealed, after all that was tried, and goes on to the next one.
     *
     * @return whether Bob reads what Alice wrote
     */
    boolean finish() {
        boolean read = bob.door().open(now.envelope) instanceof Opening.Opened what
                && what.sender().equals(alice.certificate())
                && what.letter().content().equals(new Content.Text(now.text));
        if (opened.size() < REMEMBERED) {
            opened.add(now.envelope);
        } else {
            opened.set(random.nextInt(REMEMBERED), now.envelope);
        }
        now = seal();
        return read;
    }

    private Letters seal() {
        Suite suite = random.nextBoolean() ? Suite.X25519 : Suite.X_WING;
        PrekeyPair to = random.nextBoolean() ? bob.publish(PrekeyKind.ONE_TIME, suite) : lastResort(suite);
        String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? LONG : SHORT));
        rounds++;
        return new Letters(to, text, alice.seal(bob.checked(to), text), alice.seal(bob.checked(to), text));
    }

    private PrekeyPair lastResort(Suite suite) {
        PrekeyPair last = lastResorts.get(suite);
        if (last == null || rounds % WEAR == 0) {
            PrekeyPair next = bob.publish(PrekeyKind.LAST_RESORT, suite);
            if (last != null) {
                bob.forget(last.published().id());
            }
            lastResorts.put(suite, next);
            return next;
        }
        return last;
    }

    private Opaque forCarol() {
        return random.nextBoolean() ? now.envelope : mutation.name(now.envelope, published(carols, suite()));
    }

    /** What Alice wrote to Mallory, sealed to Bob by Mallory. */
    private Opaque resealed() {
        PrekeyPair hers = mallory.publish(PrekeyKind.ONE_TIME, suite());
        Opaque toMallory = alice.seal(mallory.checked(hers), now.text);
        Opaque toBob = Resealing.of(toMallory, hers.secret(), mallory.tag(), now.to.published(), bob.tag(), random);
        mallory.forget(hers.published().id());
        return toBob;
    }

    /** Mallory's own prekey, or her key under Bob's signature. */
    private Prekey substitute() {
        PrekeyPair hers = mallory.publish(now.to.published().kind(), suite());
        mallory.forget(hers.published().id());
        Prekey bobs = now.to.published();
        return random.nextBoolean()
                ? hers.published()
                : new Prekey(
                        bobs.id(),
                        bobs.kind(),
                        bobs.suite(),
                        bobs.expires(),
                        hers.published().key(),
                        bobs.signature());
    }

    private Suite suite() {
        return now.to.published().suite();
    }

    private Suite otherSuite() {
        return suite() == Suite.X_WING ? Suite.X25519 : Suite.X_WING;
    }

    private Prekey spare(Suite suite) {
        return published(spares, suite);
    }

    private static Prekey published(Map<Suite, PrekeyPair> pairs, Suite suite) {
        PrekeyPair pair = pairs.get(suite);
        if (pair == null) {
            throw new IllegalStateException("a prekey of each suite is drawn at the beginning");
        }
        return pair.published();
    }

    private Optional<String> atBobs(Opaque envelope) {
        return refusal(bob.door().open(envelope));
    }

    private static Optional<String> refusal(Opening opening) {
        return opening instanceof Opening.Unopenable unopenable
                ? Optional.of(unopenable.reason().name())
                : Optional.empty();
    }

    private static Optional<String> refusal(PrekeyVerdict verdict) {
        return verdict instanceof PrekeyVerdict.Unusable unusable
                ? Optional.of(unusable.reason().name())
                : Optional.empty();
    }

    /**
     * What is under way.
     *
     * @param other says the same, sealed to the same prekey
     */
    private record Letters(PrekeyPair to, String text, Opaque envelope, Opaque other) {}
}
