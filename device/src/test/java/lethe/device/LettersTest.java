package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.inbox.Admission;
import lethe.device.keys.KeptPrekeys;
import lethe.device.keys.Refill;
import lethe.device.letters.Letters;
import lethe.device.letters.Notice;
import lethe.device.letters.ReceivedLetter;
import lethe.device.letters.Sealery;
import lethe.device.outbox.SealAnswer;
import lethe.device.prekeys.PrekeyClient;
import lethe.device.store.Identity;
import lethe.device.store.MemoryLedger;
import lethe.device.store.MemorySlot;
import lethe.device.trust.TrustBook;
import lethe.seal.Opening;
import lethe.seal.Pin;
import lethe.seal.chunk.ChunkCipher;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import lethe.seal.content.Letter;
import lethe.seal.content.RemoteAttachment;
import lethe.wire.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters, with the broker's resources on a socket and without a session. */
class LettersTest {
    private final Random random = new Random(1);
    private final HandAlarm clock = new HandAlarm();
    private final Directory directory = new Directory();
    private final ScriptedBroker broker = new ScriptedBroker(directory);
    private final Identity identity = Identity.draw(random);
    private final TrustBook book = TrustBook.open(new MemorySlot());
    private final MemorySlot slot = new MemorySlot();
    private final MemoryLedger marks = new MemoryLedger();
    private final List<Notice> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<Opaque> chunks = new ArrayList<>();
    private final Peer anna = new Peer(2, directory, clock);
    private KeptPrekeys kept = KeptPrekeys.open(slot, marks);
    private Letters letters = letters();

    private Letters letters() {
        BrokerHttp http = new BrokerHttp(
                HttpClient.newHttpClient(), broker.uri(), Encoding.CBOR, new RequestSigner(identity, clock, random));
        return new Letters(
                identity.tag(),
                new Sealery(identity, book, random),
                kept,
                book,
                new PrekeyClient(http),
                clock,
                notices::add,
                chunks::add);
    }

    @BeforeEach
    void publish() {
        Pin own = new Pin(
                identity.account().orElseThrow(),
                identity.list(1, List.of(identity.listed())).orElseThrow());
        book.own(identity.tag(), own);
        directory.show(identity.tag(), own.account(), own.list());
        directory.publish(
                identity.device(),
                new Refill(kept, identity, clock, random)
                        .refill(new PrekeyBodies.PrekeysLeft(0, true, null, List.of())));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void areSealedForWhomTheBrokerShows() {
        SealAnswer.Envelopes sealed = (SealAnswer.Envelopes) seal(anna.tag(), "hello", Set.of());

        assertThat(sealed.devices()).containsExactly(anna.identity.device());
        assertThat(anna.text(Objects.requireNonNull(sealed.envelopes().get(anna.identity.device()))))
                .isEqualTo("hello");
        assertThat(book.acquainted(anna.tag())).isPresent();
        assertThat(notices).isEmpty();
    }

    @Test
    void areSealedForSomeDevicesOnly() {
        DeviceId gone = new DeviceId(Given.bytes(random, DeviceId.LENGTH));

        SealAnswer.Envelopes sealed = (SealAnswer.Envelopes) seal(anna.tag(), "hello", Set.of(gone));

        assertThat(sealed.envelopes()).isEmpty();
        assertThat(sealed.devices()).containsExactly(anna.identity.device());
    }

    @Test
    void areForNobodyIfNobodyIsThere() {
        assertThat(seal(Given.tag(9), "hello", Set.of())).isEqualTo(new SealAnswer.Nobody());
    }

    @Test
    void waitWhileTheBrokerRefusesOrIsGone() {
        directory.refusing = tag -> Optional.of(ProblemType.TOO_MANY_REQUESTS);
        assertThat(seal(anna.tag(), "hello", Set.of())).isInstanceOf(SealAnswer.NotNow.class);
        broker.close();
        assertThat(seal(anna.tag(), "hello", Set.of())).isEqualTo(new SealAnswer.NotNow(null));
    }

    @Test
    void areNotEvenAskedForWhileTheyAreHeld() {
        seal(anna.tag(), "hello", Set.of());
        book.verify(anna.tag(), book.safetyNumber(anna.tag()).orElseThrow());
        new Peer(Identity.draw(random).at(anna.tag()), 5, 5, directory, clock);
        assertThat(seal(anna.tag(), "held", Set.of())).isInstanceOf(SealAnswer.NotNow.class);
        int asked = broker.requests.size();

        assertThat(seal(anna.tag(), "held", Set.of())).isInstanceOf(SealAnswer.NotNow.class);

        assertThat(broker.requests).hasSize(asked);
        assertThat(notices).containsExactly(new Notice.AccountChanged(anna.tag(), true));
    }

    @Test
    void ofAStrangerAreOpenedOnceTheBrokerSaysTheSame() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        assertThat(letters.examineAlone(Given.id(1), envelope)).isEqualTo(new Admission.NotNow(null));

        Admission found = examine(1, envelope);

        assertThat(read(found).from()).isEqualTo(anna.tag());
        assertThat(read(found).first()).isTrue();
        assertThat(letters.take((Admission.Good) found)).isTrue();
        Opaque second = anna.write(identity.tag(), identity.device(), "hello again");
        assertThat(read(letters.examineAlone(Given.id(2), second)).first()).isFalse();
    }

    @Test
    void ofAStrangerAreNotDecidedWhileTheBrokerRefuses() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        directory.refusing = tag -> Optional.of(ProblemType.OVERLOADED);

        assertThat(examine(1, envelope)).isInstanceOf(Admission.NotNow.class);
        assertThat(notices).isEmpty();
    }

    @Test
    void ofAStrangerWhoIsNotThereAreRefused() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        directory.remove(anna.tag());

        assertThat(examine(1, envelope)).isEqualTo(new Admission.Refused());
        assertThat(notices).containsExactly(new Notice.Unopenable(Opening.Reason.OTHER_ACCOUNT));
    }

    @Test
    void areTakenOnce() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        Admission.Good good = (Admission.Good) examine(1, envelope);
        Admission.Good same = (Admission.Good) examine(2, envelope);

        assertThat(letters.take(good)).isTrue();
        assertThat(letters.take(good)).isFalse();
        assertThat(letters.take(same)).isFalse();
        assertThat(letters.examineAlone(Given.id(3), envelope)).isEqualTo(new Admission.Refused());
    }

    @Test
    void areTakenInAnotherOrderThanTheyWereLookedInto() {
        Admission.Good first = (Admission.Good) examine(1, anna.write(identity.tag(), identity.device(), "one"));
        Admission.Good second = (Admission.Good) examine(2, anna.write(identity.tag(), identity.device(), "two"));

        assertThat(letters.take(second)).isTrue();
        assertThat(letters.take(first)).isTrue();
    }

    @Test
    void thatWereTakenInTheLastLifeAreNotOpened() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        Admission.Good good = (Admission.Good) examine(1, envelope);
        letters.take(good);
        kept = KeptPrekeys.open(slot, marks);
        letters = letters();

        letters.takenBefore(good.use());

        assertThat(examine(1, envelope)).isEqualTo(new Admission.Refused());
    }

    private SealAnswer seal(Tag to, String text, Set<DeviceId> devices) {
        Letter letter = new Letter(Given.id(1), Given.NOW, new Content.Text(text));
        return letters.seal(to, letter.encode(), devices).toCompletableFuture().join();
    }

    private Admission examine(int number, Opaque envelope) {
        return letters.examine(Given.id(number), envelope).toCompletableFuture().join();
    }

    private static ReceivedLetter read(Admission admission) {
        return ReceivedLetter.decode(((Admission.Good) admission).body()).orElseThrow();
    }

    @Test
    void passesOnWhatComesOfALargerFile() {
        RemoteAttachment file = new RemoteAttachment(
                new Label("a", "b"), Given.bytes(random, 16), 3, Given.bytes(random, 32), Given.bytes(random, 32));
        Opaque chunk = new ChunkCipher(file).seal(0, Given.body("abc"));

        assertThat(letters.examineAlone(Given.id(1), chunk)).isInstanceOf(Admission.Fleeting.class);
        assertThat(chunks).containsExactly(chunk);
        assertThat(notices).isEmpty();
    }

    @Test
    void ofAStrangerCostNobodyAPrekeyToLookInto() {
        Opaque envelope = anna.write(identity.tag(), identity.device(), "hello");
        int left = Objects.requireNonNull(directory.oneTime.get(anna.identity.device()))
                .size();

        assertThat(examine(1, envelope)).isInstanceOf(Admission.Good.class);

        assertThat(directory.oneTime.get(anna.identity.device())).hasSize(left);
    }

    @Test
    void areNotSealedToAListOfFarInTheFuture() {
        long ahead = clock.instant().plus(Duration.ofDays(3_650)).getEpochSecond();
        directory.show(
                anna.tag(),
                anna.identity.account().orElseThrow(),
                anna.identity.list(ahead, List.of(anna.identity.listed())).orElseThrow());

        assertThat(seal(anna.tag(), "hello", Set.of())).isInstanceOf(SealAnswer.NotNow.class);
        assertThat(notices).containsExactly(new Notice.NotBelieved(anna.tag(), Notice.Why.FORGED));
        assertThat(book.find(anna.tag())).isEmpty();
    }
}
