package lethe.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Outcome;
import lethe.device.store.DeviceStore;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** People, the broker between them, and a clock that is wound by hand. */
final class Scene implements AutoCloseable {
    static final Outcome DELIVERED = new Outcome.Receipted(ReceiptState.DELIVERED);
    static final Outcome UNDECRYPTABLE = new Outcome.Receipted(ReceiptState.UNDECRYPTABLE);
    static final Outcome EXPIRED = new Outcome.Receipted(ReceiptState.EXPIRED);

    /** After this time a phone that found out a lie has asked again. */
    static final Duration A_WHILE = Duration.ofMinutes(2);

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int STEPS = 60;

    final HandAlarm clock = new HandAlarm();
    final LyingBroker broker = new LyingBroker(clock);
    final Directory directory = broker.directory;
    private final List<Person> people = new ArrayList<>();

    /** Somebody who has opted in, is connected, and has left prekeys. */
    Person person(int number) {
        return person(number, Identity.draw(new Random(number)));
    }

    Person person(int number, Identity identity) {
        return arrives(number, new MemoryStore(identity));
    }

    /** Somebody whose phone can die and come back. */
    Person person(int number, Path files) {
        return arrives(
                number,
                FileStore.open(files, Durability.PROCESS, new Random(number)).orElseThrow());
    }

    private Person arrives(int number, DeviceStore store) {
        Person person = stranger(number, store);
        if (store.consent().isEmpty()) {
            person.optsIn();
        }
        person.lethe.connect();
        await().until(() -> directory.isFull(person.device())
                && person.lethe.acquaintances().find(person.address()).isPresent());
        person.settles();
        return person;
    }

    /** Somebody who has not opted in. */
    Person stranger(int number, DeviceStore store) {
        Person person = new Person(broker, clock, store, new Random(number));
        people.add(person);
        return person;
    }

    /** Another device of somebody's account. */
    Person linked(int number, Person to) {
        Identity identity = Identity.draw(new Random(number)).linkedTo(to.address());
        to.lethe.client().devices().add(identity.listed()).toCompletableFuture().join();
        return person(number, identity);
    }

    /** Somebody else's account, shown at somebody's address from now on. */
    Peer impostor(Person of) {
        long later = shown(of.address()).list().version() + 1;
        return new Peer(Identity.draw(new Random(66)).at(of.address()), later, 66, directory, clock);
    }

    Bodies.AccountDevices shown(Tag tag) {
        return directory.entry(tag).orElseThrow();
    }

    void show(Tag tag, Bodies.AccountDevices entry) {
        show(tag, entry.account(), entry.list());
    }

    void show(Tag tag, DeviceKey account, DeviceList list) {
        directory.show(tag, account, list);
    }

    /** Whoever asks for somebody gets what this makes of it. */
    void givesFor(Person somebody, Function<Bundle, Bundle> lie) {
        directory.bundles = (tag, bundle) -> tag.equals(somebody.address()) ? lie.apply(bundle) : bundle;
    }

    void givesTruth() {
        directory.bundles = (tag, bundle) -> bundle;
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(BOUND);
    }

    /** Something comes to be so, without time. */
    void eventually(ThrowingRunnable assertion) {
        await().untilAsserted(assertion);
    }

    /** Something comes to be so, in time. */
    void inTime(Callable<Boolean> condition) {
        await().until(() -> {
            passes(Duration.ofSeconds(1), 1);
            return Objects.requireNonNull(condition.call());
        });
    }

    /** Time passes, in steps so that the phones can act in between. */
    void passes(Duration time) {
        passes(time, STEPS);
    }

    private void passes(Duration time, int steps) {
        for (int i = 0; i < steps; i++) {
            clock.advance(time.dividedBy(steps));
            people.forEach(Person::settles);
        }
    }

    /** Somebody is no longer here. */
    void gone(Person person) {
        people.remove(person);
    }

    @Override
    public void close() {
        people.forEach(Person::close);
        broker.close();
    }
}
