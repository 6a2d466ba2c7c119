package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.receipt.ReceiptState;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.FileEvent;
import lethe.device.Lethe;
import lethe.device.LetheEvent;
import lethe.device.Sending;
import lethe.device.files.IncomingOutcome;
import lethe.device.files.disk.DiskSink;
import lethe.device.files.disk.DiskSource;
import lethe.device.http.Fleet;
import lethe.device.outbox.Outcome;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsPort;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import lethe.seal.content.Mark;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.safety.SafetyNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Phones that seal for each other, through a broker and a store that see none of it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SealedLettersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Fleet patience = Fleet.within(PATIENCE);
    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(3);
    private final DeviceSettings settings =
            DeviceSettings.of(SharedInstallation.get().address());

    @Test
    void reachAllDevicesOfBothAndComeBackAsMarks() throws Exception {
        Identity alice = Identity.draw(runtime.random());
        Identity tabletOfAlice = Identity.draw(runtime.random()).linkedTo(alice.tag());
        try (Person phone = new Person(alice);
                Person tablet = new Person(tabletOfAlice);
                Person bob = new Person(Identity.draw(runtime.random()))) {
            optIn(phone);
            patience.await(phone.lethe.client().devices().add(tabletOfAlice.listed()));
            optIn(tablet);
            optIn(bob);

            MessageId first = bob.writes(alice.tag(), "are you there?");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(phone.texts()).containsExactly("are you there?");
                assertThat(tablet.texts()).containsExactly("are you there?");
                assertThat(bob.ends()).containsExactly(new Outcome.Receipted(ReceiptState.DELIVERED));
            });

            phone.writes(bob.lethe.address(), "yes");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bob.texts()).containsExactly("yes");
                assertThat(tablet.writtenElsewhere()).containsExactly(new Content.Text("yes"));
            });

            patience.await(tablet.lethe
                    .mark(bob.lethe.address(), Mark.READ, List.of(first))
                    .thenApply(Person::good));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bob.heard)
                            .contains(new LetheEvent.Marked(alice.tag(), Mark.READ, List.of(first))));
            assertThat(safetyNumber(phone, bob)).isEqualTo(safetyNumber(bob, phone));
            assertThat(phone.notices()).isEmpty();
            assertThat(tablet.notices()).isEmpty();
            assertThat(bob.notices()).isEmpty();
        }
    }

    @Test
    void waitSealedForAPhoneThatIsAway() throws Exception {
        try (Person alice = new Person(Identity.draw(runtime.random()));
                Person bob = new Person(Identity.draw(runtime.random()))) {
            optIn(alice);
            optIn(bob);
            alice.writes(bob.lethe.address(), "one");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.texts()).containsExactly("one"));
            patience.await(bob.lethe.client().disconnect().thenApply(Person::good));

            List<String> texts = List.of("one", "two", "three", "four");
            texts.stream().skip(1).forEach(text -> alice.writes(bob.lethe.address(), text));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(alice.held()).hasSize(3));
            assertThat(bob.texts()).containsExactly("one");

            bob.lethe.connect();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.texts()).isEqualTo(texts));
        }
    }

    @Test
    void ofManyKindsComeInOrder() throws Exception {
        try (Person alice = new Person(Identity.draw(runtime.random()));
                Person bob = new Person(Identity.draw(runtime.random()))) {
            optIn(alice);
            optIn(bob);
            Tag to = bob.lethe.address();
            MessageId id = alice.writes(to, "helo");
            alice.writes(to, new Content.Edit(id, "hello"));
            alice.writes(to, new Content.Reaction(id, "\uD83D\uDC4D"));
            alice.writes(to, new Content.Revoke(id));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bob.contents())
                            .containsExactly(
                                    new Content.Text("helo"),
                                    new Content.Edit(id, "hello"),
                                    new Content.Reaction(id, "\uD83D\uDC4D"),
                                    new Content.Revoke(id)));

            patience.await(alice.lethe.typing(to, true).thenApply(Person::good));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(bob.heard).contains(new LetheEvent.Typing(alice.lethe.address(), true)));
        }
    }

    @Test
    void tellOfAFileThatGoesFromPhoneToPhone(@TempDir Path home) throws Exception {
        byte[] content = new byte[300_000];
        runtime.random().nextBytes(content);
        Path file = Files.write(home.resolve("picture"), content);
        Path received = Files.createDirectory(home.resolve("received"));
        try (Person alice = new Person(Identity.draw(runtime.random()));
                Person bob = new Person(Identity.draw(runtime.random()))) {
            optIn(alice);
            optIn(bob);

            var unused = alice.lethe.sendFile(
                    bob.lethe.address(),
                    new Label("picture.jpg", "image/jpeg"),
                    DiskSource.open(file).orElseThrow());
            await().atMost(PATIENCE).until(() -> !bob.contents().isEmpty());
            LetheEvent.Received letter = bob.heard(LetheEvent.Received.class).get(0);
            RemoteAttachment offered = (RemoteAttachment) letter.content();
            DiskSink.Opening.Opened sink = (DiskSink.Opening.Opened) DiskSink.begin(received, offered);
            boolean begun = bob.lethe
                    .receiveFile(letter, offered, sink.sink())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(begun).isTrue();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bob.heard)
                            .contains(new LetheEvent.OfFile(
                                    new FileEvent.ReceivingEnded(offered.transfer(), IncomingOutcome.COMPLETE))));
            assertThat(sink.sink().target()).hasBinaryContent(content);
        }
    }

    @Test
    void toNobodyAreRejected() throws Exception {
        try (Person alice = new Person(Identity.draw(runtime.random()))) {
            optIn(alice);

            alice.writes(Identity.draw(runtime.random()).tag(), "is anybody there?");

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(alice.ends()).containsExactly(new Outcome.Receipted(ReceiptState.REJECTED)));
        }
    }

    private SafetyNumber safetyNumber(Person one, Person other) {
        return one.lethe.acquaintances().safetyNumber(other.lethe.address()).orElseThrow();
    }

    private void optIn(Person person) throws Exception {
        patience.await(person.lethe.optIn(patience.await(person.lethe.policy()), Set.of(Scope.IP)));
        person.lethe.connect();
        // What is written before a device has left prekeys goes to the account's other ones only.
        await().atMost(PATIENCE)
                .until(() ->
                        patience.await(person.lethe.client().prekeys().left()).oneTime() > 0);
    }

    /** A device and what it heard. */
    private final class Person implements AutoCloseable {
        final Queue<LetheEvent> heard = new ConcurrentLinkedQueue<>();
        final Lethe lethe;

        Person(Identity identity) {
            lethe = new Lethe(settings, runtime, new MemoryStore(identity), SmsPort.none(), heard::add);
        }

        MessageId writes(Tag to, String text) {
            return writes(to, new Content.Text(text));
        }

        MessageId writes(Tag to, Content content) {
            Sending answer = lethe.write(to, content, Terms.usual(), null)
                    .toCompletableFuture()
                    .join();
            return ((Sending.Accepted) answer).id();
        }

        private <T> List<T> heard(Class<T> kind) {
            return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        List<Content> contents() {
            return heard(LetheEvent.Received.class).stream()
                    .map(LetheEvent.Received::content)
                    .toList();
        }

        List<String> texts() {
            return contents().stream()
                    .map(content -> ((Content.Text) content).body())
                    .toList();
        }

        List<Content> writtenElsewhere() {
            return heard(LetheEvent.WrittenElsewhere.class).stream()
                    .map(LetheEvent.WrittenElsewhere::content)
                    .toList();
        }

        List<LetheEvent.Noticed> notices() {
            return heard(LetheEvent.Noticed.class);
        }

        private <T> List<T> told(Class<T> kind) {
            return heard(LetheEvent.Told.class).stream()
                    .map(LetheEvent.Told::event)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
        }

        List<Outcome> ends() {
            return told(DeviceEvent.Ended.class).stream()
                    .map(DeviceEvent.Ended::outcome)
                    .toList();
        }

        List<DeviceEvent.Held> held() {
            return told(DeviceEvent.Held.class).stream().distinct().toList();
        }

        static <T> lethe.client.http.Answer<T> good(T value) {
            return new lethe.client.http.Answer.Good<>(value);
        }

        @Override
        public void close() {
            lethe.close();
        }
    }
}
