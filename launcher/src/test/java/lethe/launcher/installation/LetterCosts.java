package lethe.launcher.installation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.Lethe;
import lethe.device.LetheEvent;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsPort;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import lethe.loadtest.process.Usage;

/**
 * Prints what a sealed letter costs, and what the same bytes cost as a plain message: CPU of the sender's threads, of
 * the recipient's, of the broker and of its Cassandra, and how long one takes. Not a test; to be run by hand.
 *
 * <p>Pairs of phones, each with one message under way. The first letter of a pair is told apart: then the recipient
 * asks for the sender's account. As long as an account may have one-time prekeys of another ({@code EACH}), letters
 * take these; afterwards those of last resort. Each round is made twice, with other phones, and the first does not
 * count.
 */
public final class LetterCosts {
    private static final int PAIRS = 40;
    private static final int EACH = 19;
    private static final int ENVELOPE = 1_718;
    private static final String TEXT = "see you at eight, at the other bank...";
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String MANY = "1000000";

    private final Installation installation;
    private final DeviceSettings settings;
    private final Side senders = Side.open("sender");
    private final Side recipients = Side.open("recipient");
    private final Fleet fleet = Fleet.within(BOUND);

    private LetterCosts(Installation installation) {
        this.installation = installation;
        this.settings = DeviceSettings.of(installation.address());
    }

    public static void main(String[] arguments) throws Exception {
        Scratch scratch = Scratch.create("costs");
        // What a busy machine acknowledges late shall not be stored: that costs more than what is asked here.
        InstallationPlan plan = InstallationPlan.in(scratch.directory()).with("lethe.subscriber.hold-window", "5 s");
        for (String limit : List.of(
                "lethe.edge.connections.requests-per-second",
                "lethe.edge.connections.request-burst",
                "lethe.edge.connections.opt-ins-per-second",
                "lethe.edge.connections.opt-in-burst",
                "lethe.edge.http.requests-per-second",
                "lethe.edge.http.request-burst",
                "lethe.session.frames-per-second",
                "lethe.session.burst",
                "lethe.subscriber.sends-per-second",
                "lethe.subscriber.send-burst")) {
            plan = plan.with(limit, MANY);
        }
        try (Installation installation = Installation.start(plan)) {
            installation.afterwards(scratch::erase);
            LetterCosts costs = new LetterCosts(installation);
            costs.rounds("warm-up, ");
            costs.rounds("");
        } finally {
            scratch.erase();
        }
        System.exit(0);
    }

    private void rounds(String prefix) throws Exception {
        List<Pair> plain = pairs(this::plain);
        print(prefix + "plain message, first", plain, 1);
        print(prefix + "plain message", plain, EACH);
        print(prefix + "plain message", plain, 10 * EACH);
        plain.forEach(Pair::close);
        List<Pair> sealed = pairs(this::sealed);
        print(prefix + "letter, first", sealed, 1);
        print(prefix + "letter, one-time", sealed, EACH);
        print(prefix + "letter, last resort", sealed, 5 * EACH);
        sealed.forEach(Pair::close);
    }

    /** A maker of pairs may wait for a broker. */
    private interface Maker {
        Pair make() throws Exception;
    }

    private static List<Pair> pairs(Maker maker) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(maker.make());
        }
        return pairs;
    }

    private void print(String what, List<Pair> pairs, int each) throws Exception {
        TimeUnit.SECONDS.sleep(PAUSE.toSeconds());
        int messages = pairs.size() * each;
        CountDownLatch done = new CountDownLatch(messages);
        long sender = senders.cpu();
        long recipient = recipients.cpu();
        long broker = cpu(installation.broker().pid());
        long cassandra = cpu(cassandra());
        long begun = System.nanoTime();
        pairs.forEach(pair -> pair.write(each, done));
        if (!done.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(done.getCount() + " messages did not end");
        }
        long took = System.nanoTime() - begun;
        System.out.printf(
                Locale.ROOT,
                "%-32s %6d  sender %5d us  recipient %5d us  broker %5d us  Cassandra %5d us  %7.1f ms each%n",
                what,
                messages,
                micros(senders.cpu() - sender, messages),
                micros(recipients.cpu() - recipient, messages),
                micros(cpu(installation.broker().pid()) - broker, messages),
                micros(cpu(cassandra()) - cassandra, messages),
                took / 1e6 / each);
    }

    private static long micros(long nanos, int messages) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / messages;
    }

    private long cassandra() throws IOException {
        return Long.parseLong(Files.readString(installation.cassandraDirectory().resolve("cassandra.pid"))
                .strip());
    }

    private static long cpu(long process) throws IOException {
        Usage usage = Usage.of(List.of(ProcessHandle.of(process).orElseThrow()));
        return usage.user().plus(usage.system()).toNanos();
    }

    private Pair plain() throws Exception {
        Opaque body = Opaque.wrap(new byte[ENVELOPE]);
        Pair pair = new Pair();
        DeviceClient from = client(senders, pair);
        DeviceClient to = client(recipients, pair);
        optIn(from);
        optIn(to);
        pair.opened(() -> from.send(to.address(), body, Terms.usual(), null), from, to);
        return pair;
    }

    private DeviceClient client(Side side, Pair pair) {
        MemoryStore store = new MemoryStore(Identity.draw(side.runtime.random()));
        return new DeviceClient(settings, side.runtime, store, SmsPort.none(), pair::on);
    }

    private Pair sealed() throws Exception {
        Pair pair = new Pair();
        Lethe from = lethe(senders, pair);
        Lethe to = lethe(recipients, pair);
        optIn(from.client());
        optIn(to.client());
        for (Lethe phone : List.of(from, to)) {
            while (fleet.await(phone.client().prekeys().left()).oneTime() == 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        pair.opened(() -> from.write(to.address(), TEXT), from, to);
        return pair;
    }

    private Lethe lethe(Side side, Pair pair) {
        MemoryStore store = new MemoryStore(Identity.draw(side.runtime.random()));
        return new Lethe(settings, side.runtime, store, SmsPort.none(), event -> {
            if (event instanceof LetheEvent.Told told) {
                pair.on(told.event());
            }
        });
    }

    private void optIn(DeviceClient client) throws Exception {
        fleet.await(client.optIn(fleet.await(client.policy()), Set.of(Scope.IP)));
        client.connect();
    }

    /** The phones of one kind, and their threads. */
    private static final class Side {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        final DeviceRuntime runtime;
        private final String name;
        private final Set<Long> selector;

        private Side(String name, DeviceRuntime runtime, Set<Long> selector) {
            this.name = name;
            this.runtime = runtime;
            this.selector = selector;
        }

        static Side open(String name) {
            ThreadFactory threads = task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            };
            var executor = Executors.newFixedThreadPool(2, threads);
            var timer = Executors.newSingleThreadScheduledExecutor(threads);
            Set<Long> before = all();
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(executor)
                    .build();
            Set<Long> selector = all();
            selector.removeAll(before);
            return new Side(
                    name,
                    new DeviceRuntime(
                            executor,
                            (delay, task) -> {
                                var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
                            },
                            http,
                            Clock.systemUTC(),
                            new SecureRandom()),
                    selector);
        }

        private static Set<Long> all() {
            Set<Long> all = new HashSet<>();
            Arrays.stream(THREADS.getAllThreadIds()).forEach(all::add);
            return all;
        }

        long cpu() {
            long cpu = 0;
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals(name) || selector.contains(thread.getId())) {
                    cpu += THREADS.getThreadCpuTime(thread.getId());
                }
            }
            return cpu;
        }
    }

    /** Two phones, of which one writes to the other whenever its last message has ended. */
    private static final class Pair implements AutoCloseable {
        private final AtomicInteger left = new AtomicInteger();
        private volatile Supplier<?> write = () -> "";
        private volatile List<AutoCloseable> phones = List.of();
        private volatile CountDownLatch done = new CountDownLatch(0);

        void opened(Supplier<?> writing, AutoCloseable... both) {
            write = writing;
            phones = List.of(both);
        }

        void write(int messages, CountDownLatch latch) {
            done = latch;
            left.set(messages);
            var unused = write.get();
        }

        void on(DeviceEvent event) {
            if (event instanceof DeviceEvent.Ended ended) {
                if (!ended.outcome().word().equals("delivered")) {
                    throw new IllegalStateException(
                            "ended as " + ended.outcome().word());
                }
                done.countDown();
                if (left.decrementAndGet() > 0) {
                    var unused = write.get();
                }
            }
        }

        @Override
        public void close() {
            for (AutoCloseable phone : phones) {
                try {
                    phone.close();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
            }
        }
    }
}
