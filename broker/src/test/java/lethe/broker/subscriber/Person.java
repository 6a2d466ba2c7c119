package lethe.broker.subscriber;

import akka.Done;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import lethe.broker.TestNode;
import lethe.broker.subscriber.SubscriberCommand.OptInAnswer;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;
import lethe.core.lookup.ListedTag;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Applicant;
import org.jspecify.annotations.Nullable;

/** Somebody with a phone, seen from inside the broker. */
final class Person {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Opaque CHALLENGE = random(32);

    private final Supplier<TestNode> node;
    private final Tag tag;
    private final KeyPair keys = keys();
    private final Device device;
    private long epoch = 1;
    private SessionId session = new SessionId(random(SessionId.LENGTH));
    private @Nullable TestProbe<ToSession> phone;
    private @Nullable ActorRef<SubscriberCommand> actor;

    Person(Supplier<TestNode> node) {
        this(node, new Tag(random(Tag.LENGTH)), new DeviceId(random(DeviceId.LENGTH)));
    }

    private Person(Supplier<TestNode> node, Tag tag, DeviceId device) {
        this.node = node;
        this.tag = tag;
        this.device = new Device(device, DeviceKey.of(keys.getPublic()));
    }

    /** Somebody else at the same address, whose phone has the same id and another key. */
    Person successor() {
        return new Person(node, tag, device.id());
    }

    SubscriberId id() {
        return node.get().subscribers().id(tag);
    }

    Tag tag() {
        return tag;
    }

    Device device() {
        return device;
    }

    void tell(SubscriberCommand command) {
        node.get().subscribers().tell(id(), command);
    }

    void optsIn() {
        OptInAnswer answer = optsInAs(device);
        if (!(answer instanceof OptInAnswer.OnFile)) {
            throw new AssertionError("not opted in: " + answer);
        }
    }

    OptInAnswer optsInWithAnotherKey() {
        return optsInAs(new Device(new DeviceId(random(DeviceId.LENGTH)), DeviceKey.of(keys().getPublic())));
    }

    /** Of which the device is the only one. Nobody here looks at the signature. */
    static Account account(Device only) {
        return Account.of(only.key(), new DeviceList(1, List.of(only), Opaque.wrap(new byte[64])));
    }

    private OptInAnswer optsInAs(Device as) {
        epoch = node.get().policy().epoch();
        TestProbe<OptInAnswer> probe = TestProbe.create(node.get().system());
        Consent consent = new Consent(
                epoch,
                node.get().policy().textHash(),
                Set.of(Scope.IP),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                as.id(),
                random(64));
        tell(new SubscriberCommand.OptIn(
                new Applicant(consent, as, account(as), Applicant.Proof.NOT_ASKED),
                new ListedTag(1),
                random(16),
                null,
                Applicant.Proof.NOT_ASKED,
                probe.getRef()));
        return probe.receiveMessage(Duration.ofSeconds(20));
    }

    TestProbe<ToSession> connects() {
        return attaches(null, 0);
    }

    TestProbe<ToSession> resumes(long acked) {
        return attaches(session, acked);
    }

    /** A connection that the phone opened earlier and has given up since is heard only now. */
    TestProbe<ToSession> connectsLate() {
        TestProbe<ToSession> probe = TestProbe.create(node.get().system());
        tell(attach(Instant.now().minusSeconds(10), probe));
        return probe;
    }

    /** Past the shards. */
    TestProbe<ToSession> connectsTo(ActorRef<SubscriberCommand> incarnation) {
        TestProbe<ToSession> probe = TestProbe.create(node.get().system());
        incarnation.tell(attach(Instant.now(), probe));
        return probe;
    }

    /** How the person's phone comes in. */
    SubscriberCommand attach(Instant opened, TestProbe<ToSession> probe) {
        return new SubscriberCommand.Attach(
                new SessionId(random(SessionId.LENGTH)),
                device.id(),
                opened,
                epoch,
                CHALLENGE,
                sign(CHALLENGE),
                32,
                null,
                0,
                probe.getRef());
    }

    private TestProbe<ToSession> attaches(@Nullable SessionId resume, long acked) {
        TestProbe<ToSession> probe = TestProbe.create(node.get().system());
        session = new SessionId(random(SessionId.LENGTH));
        phone = probe;
        tell(new SubscriberCommand.Attach(
                session,
                device.id(),
                Instant.now(),
                epoch,
                CHALLENGE,
                sign(CHALLENGE),
                32,
                resume,
                acked,
                probe.getRef()));
        actor = probe.expectMessageClass(ToSession.Attached.class, Duration.ofSeconds(10))
                .subscriber();
        return probe;
    }

    void disconnects() {
        tell(new SubscriberCommand.Detach(session));
    }

    void acknowledges(long upto) {
        tell(acknowledgement(upto));
    }

    void acknowledgesPastTheShards(long upto) {
        actor().tell(acknowledgement(upto));
    }

    private SubscriberCommand acknowledgement(long upto) {
        TestProbe<ToSession> probe = Objects.requireNonNull(phone);
        return new SubscriberCommand.Acknowledge(session, upto, List.of(), List.of(), probe.getRef());
    }

    /** To which the phone attached last. */
    ActorRef<SubscriberCommand> actor() {
        return Objects.requireNonNull(actor);
    }

    void send(Envelope envelope, TestProbe<Outcome> sender) {
        tell(new SubscriberCommand.Deliver(envelope, Addressee.ONLY, null, 1, new Watcher(sender.getRef(), null)));
    }

    void sendAfter(MessageId after, Envelope envelope, TestProbe<Outcome> sender) {
        tell(new SubscriberCommand.Deliver(envelope, Addressee.ONLY, after, 1, new Watcher(sender.getRef(), null)));
    }

    Envelope envelope() {
        return envelope(Duration.ofHours(1), Fallback.NONE);
    }

    Envelope envelope(Duration deadline, Fallback fallback) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant expires = now.plus(Duration.ofHours(1));
        return envelope(expires, fallback, fallback == Fallback.NONE ? expires : now.plus(deadline));
    }

    /** A message for now or never. */
    Envelope fleeting(Duration lifetime) {
        Instant expires = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(lifetime);
        return envelope(expires, Fallback.NONE, expires);
    }

    Envelope otherBodyFor(Envelope envelope) {
        return new Envelope(
                envelope.id(),
                random(16),
                envelope.urgency(),
                envelope.expires(),
                envelope.fallback(),
                envelope.deadline());
    }

    private static Envelope envelope(Instant expires, Fallback fallback, Instant deadline) {
        return new Envelope(
                new MessageId(random(MessageId.LENGTH)), random(16), Urgency.NORMAL, expires, fallback, deadline);
    }

    static TestProbe<Done> done(TestNode node) {
        return TestProbe.create(node.system());
    }

    private Opaque sign(Opaque statement) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(statement.shared());
            return Opaque.wrap(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Opaque random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
