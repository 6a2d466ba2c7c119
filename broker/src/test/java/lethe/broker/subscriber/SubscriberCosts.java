package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import lethe.broker.TestNode;
import lethe.core.account.Device;
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
import lethe.persistence.local.SharedCassandra;

/**
 * Prints what a connected subscriber costs on a real node: heap while idle, and for a live message (deliver, offer,
 * acknowledge, end) allocated bytes and CPU, with what the harness itself allocates included. Not a test; to be run by
 * hand, with how many subscribers and how many seconds.
 */
final class SubscriberCosts {
    private static final Opaque CHALLENGE = Opaque.wrap(new byte[32]);
    private static final int PAIRS = 200;
    private static final int BATCH = 500;
    private static final int MOST_LINES = 70;

    private final TestNode node;
    private final KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    private final Opaque proof;
    private final AtomicLong ended = new AtomicLong();

    private SubscriberCosts(TestNode node) throws GeneralSecurityException {
        this.node = node;
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(CHALLENGE.shared());
        this.proof = Opaque.wrap(signer.sign());
    }

    public static void main(String[] arguments) throws Exception {
        int subscribers = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        Path data = Files.createTempDirectory("lethe-costs-");
        try (TestNode node = TestNode.start(SharedCassandra.freshKeyspace("costs"), data, Map.of())) {
            SubscriberCosts costs = new SubscriberCosts(node);
            costs.idle(subscribers);
            costs.live(seconds);
        }
        System.exit(0);
    }

    private void idle(int count) throws Exception {
        attachAll(0, PAIRS); // what is made once
        Map<String, long[]> before = histogram();
        attachAll(PAIRS, PAIRS + count);
        Map<String, long[]> after = histogram();
        record Growth(String name, double bytes, double instances) {}
        List<Growth> growth = new ArrayList<>();
        after.forEach((name, is) -> {
            long[] was = before.getOrDefault(name, new long[2]);
            growth.add(new Growth(name, (is[1] - was[1]) / (double) count, (is[0] - was[0]) / (double) count));
        });
        growth.sort((one, other) -> Double.compare(other.bytes(), one.bytes()));
        System.out.printf(
                Locale.ROOT,
                "idle: %.0f bytes a subscriber%n",
                growth.stream().mapToDouble(Growth::bytes).sum());
        for (String origin : List.of("akka.", "scala.", "lethe.", "java.", "[")) {
            System.out.printf(
                    Locale.ROOT,
                    "%8.0f bytes of classes in %s%n",
                    growth.stream()
                            .filter(line -> line.name().startsWith(origin))
                            .mapToDouble(Growth::bytes)
                            .sum(),
                    origin);
        }
        growth.stream()
                .limit(MOST_LINES)
                .filter(line -> line.instances() > 0.05)
                .forEach(line -> System.out.printf(
                        Locale.ROOT, "%8.0f bytes %6.2f of %s%n", line.bytes(), line.instances(), line.name()));
    }

    private void attachAll(int from, int to) throws Exception {
        for (int i = from; i < to; i += BATCH) {
            CountDownLatch attached = new CountDownLatch(Math.min(to, i + BATCH) - i);
            List<CompletableFuture<?>> optedIn = new ArrayList<>();
            for (int person = i; person < Math.min(to, i + BATCH); person++) {
                optedIn.add(optIn(person));
            }
            CompletableFuture.allOf(optedIn.toArray(new CompletableFuture<?>[0]))
                    .get(60, TimeUnit.SECONDS);
            ActorRef<ToSession> phone = spawn(Behaviors.receiveMessage(message -> {
                if (message instanceof ToSession.Drained) {
                    attached.countDown();
                }
                return Behaviors.same();
            }));
            for (int person = i; person < Math.min(to, i + BATCH); person++) {
                attach(person, phone);
            }
            if (!attached.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not attached");
            }
        }
    }

    /** Each phone acknowledges at once; each sender sends the next message when the one before has ended. */
    private void live(int seconds) throws Exception {
        for (int pair = 0; pair < PAIRS; pair++) {
            int person = pair;
            SubscriberId id = id(person);
            attach(
                    person,
                    spawn(Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                        if (message instanceof ToSession.Offered offered) {
                            node.subscribers()
                                    .tell(
                                            id,
                                            new SubscriberCommand.Acknowledge(
                                                    session(person),
                                                    offered.seq(),
                                                    List.of(),
                                                    List.of(),
                                                    context.getSelf()));
                        }
                        return Behaviors.same();
                    }))));
            ActorRef<Outcome> sender = spawn(sender(person, id));
            sender.tell(new Outcome.IsUnknown(new MessageId(bytes(person, MessageId.LENGTH)), 0));
        }
        TimeUnit.SECONDS.sleep(seconds);
        for (int round = 0; round < 3; round++) {
            long messages = ended.get();
            long allocated = allocated();
            long cpu = cpu();
            TimeUnit.SECONDS.sleep(seconds);
            messages = ended.get() - messages;
            System.out.printf(
                    Locale.ROOT,
                    "live: %d messages, each %.0f bytes allocated, %.1f us of CPU%n",
                    messages,
                    (allocated() - allocated) / (double) messages,
                    (cpu() - cpu) / 1_000.0 / messages);
        }
    }

    private Behavior<Outcome> sender(int person, SubscriberId to) {
        return Behaviors.setup(context -> {
            AtomicLong number = new AtomicLong((long) person << 32);
            Watcher watcher = new Watcher(context.getSelf(), null);
            return Behaviors.receiveMessage(message -> {
                if (!(message instanceof Outcome.IsHeld)) {
                    ended.incrementAndGet();
                    Instant expires = Instant.now().plusSeconds(3_600);
                    Envelope envelope = new Envelope(
                            new MessageId(bytes(number.incrementAndGet(), MessageId.LENGTH)),
                            CHALLENGE,
                            Urgency.NORMAL,
                            expires,
                            Fallback.NONE,
                            expires);
                    node.subscribers()
                            .tell(to, new SubscriberCommand.Deliver(envelope, Addressee.ONLY, null, 1, watcher));
                }
                return Behaviors.same();
            });
        });
    }

    private CompletableFuture<?> optIn(int person) {
        Device device = device(person);
        Consent consent = new Consent(
                node.policy().epoch(),
                node.policy().textHash(),
                Set.of(Scope.IP),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                device.id(),
                Opaque.wrap(new byte[64]));
        return node.subscribers()
                .<SubscriberCommand.OptInAnswer>ask(
                        id(person),
                        replyTo -> new SubscriberCommand.OptIn(
                                new Applicant(consent, device, Person.account(device), Applicant.Proof.SHOWN),
                                new ListedTag(1),
                                Opaque.wrap(new byte[16]),
                                null,
                                Applicant.Proof.NONE,
                                replyTo),
                        Duration.ofSeconds(60))
                .toCompletableFuture();
    }

    private void attach(int person, ActorRef<ToSession> phone) {
        node.subscribers()
                .tell(
                        id(person),
                        new SubscriberCommand.Attach(
                                session(person),
                                device(person).id(),
                                Instant.now(),
                                1,
                                CHALLENGE,
                                proof,
                                32,
                                null,
                                0,
                                phone));
    }

    private SubscriberId id(int person) {
        return node.subscribers().id(new Tag(bytes(person, Tag.LENGTH)));
    }

    private Device device(int person) {
        return new Device(new DeviceId(bytes(person, DeviceId.LENGTH)), DeviceKey.of(keys.getPublic()));
    }

    private static SessionId session(int person) {
        return new SessionId(bytes(person, SessionId.LENGTH));
    }

    private static Opaque bytes(long number, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).putLong(number);
        return Opaque.wrap(bytes);
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior) {
        ActorSystem<?> system = node.system();
        return system.systemActorOf(behavior, "costs-" + System.nanoTime(), akka.actor.typed.Props.empty());
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Instances and bytes by class, after a full collection. */
    private static Map<String, long[]> histogram() throws Exception {
        String text = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(parts -> parts.length >= 4 && parts[0].endsWith(":"))
                .collect(Collectors.toMap(
                        parts -> parts[3],
                        parts -> new long[] {Long.parseLong(parts[1]), Long.parseLong(parts[2])},
                        (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]}));
    }
}
