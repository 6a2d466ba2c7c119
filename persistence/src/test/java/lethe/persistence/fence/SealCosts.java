package lethe.persistence.fence;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import lethe.core.identity.Opaque;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.row.RowAddress;
import lethe.persistence.seal.EpochKeys;
import lethe.persistence.seal.MovableClock;
import lethe.persistence.seal.RowSealer;
import lethe.persistence.seal.Sealing;
import lethe.persistence.seal.TestSealing;

/**
 * Prints what sealing costs: nanoseconds of a row, and this process's CPU for giving 100,000 waiting envelopes newer
 * keys, the store's driver included. Not a test; to be run by hand.
 */
public final class SealCosts {
    private static final int ROUNDS = 200_000;
    private static final int BODY = 256;
    private static final int SUBSCRIBERS = 1_000;
    private static final int WAITING = 100;

    private SealCosts() {}

    public static void main(String[] arguments) throws Exception {
        var time = new MovableClock(Instant.now());
        var epoch = Duration.ofMinutes(5);
        var keys = TestSealing.keys(epoch, time);
        var sealer = new Sealing(keys, TestSealing.installation());
        rows(sealer);
        renewals(sealer, keys, time, epoch);
    }

    private static void rows(RowSealer sealer) {
        var given = new Given(1);
        var address = RowAddress.held(given.messageId(), 1);
        var plain = Opaque.wrap(new byte[BODY]);
        var sealed = sealer.sealForNow("Subscriber|one", address, plain).payload();
        for (var run = 0; run < 2; run++) {
            print("seal an envelope", () -> sealer.sealForNow("Subscriber|one", address, plain));
            print("open an envelope", () -> sealer.openForNow("Subscriber|one", address, sealed));
            print("seal a receipt", () -> sealer.seal("Subscriber|one", address, plain));
            print("hide an id", () -> sealer.hide(address));
        }
    }

    private static void print(String what, Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var i = 0; i < ROUNDS; i++) {
            work.run();
        }
        var before = threads.getCurrentThreadCpuTime();
        for (var i = 0; i < ROUNDS; i++) {
            work.run();
        }
        System.out.printf(Locale.ROOT, "%-20s %6d ns%n", what, (threads.getCurrentThreadCpuTime() - before) / ROUNDS);
    }

    private static void renewals(RowSealer sealer, EpochKeys keys, MovableClock time, Duration epoch) throws Exception {
        var given = new Given(2);
        try (var node = Node.open(sealer, Clock.systemUTC())) {
            var entities = new ArrayList<Entity>();
            for (var i = 0; i < SUBSCRIBERS; i++) {
                var entity = Entity.recover(node, given.persistenceId());
                entity.persist(given.optedIn());
                var waiting = IntStream.range(0, WAITING)
                        .mapToObj(number -> entity.next(given, BODY))
                        .toList();
                entity.persist(new SubscriberEvent.Held(waiting));
                entities.add(entity);
            }
            for (var run = 0; run < 3; run++) {
                time.advance(epoch);
                keys.prepare();
                System.out.printf(
                        Locale.ROOT, "%d envelopes renewed: %d ms%n", SUBSCRIBERS * WAITING, renew(node, entities));
            }
        }
    }

    private static long renew(Node node, List<Entity> entities) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var before = system.getProcessCpuTime();
        var saves = entities.stream()
                .map(entity -> node.store.save(entity.pid, entity.sequence, Instant.now(), entity.state))
                .map(save -> save.toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        Node.await(CompletableFuture.allOf(saves));
        return Duration.ofNanos(system.getProcessCpuTime() - before).toMillis();
    }
}
