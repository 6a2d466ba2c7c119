package lethe.broker.lookup;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.ListedTag;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * Prints what a day's set costs, in bytes and in CPU of one thread: to make at the broker, to judge and to look through
 * at a phone. Not a test; to be run by hand.
 */
public final class SetCosts {
    private static final int CONTACTS = 300;
    private static final int ROUNDS = 5;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final SetSigner signer = SetSigner.of(Opaque.wrap(new byte[32]));
    private final DeviceKey key = signer.publicKey();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private SetCosts() {}

    public static void main(String[] arguments) {
        SetCosts costs = new SetCosts();
        for (int entries : new int[] {100_000, 1_000_000, 10_000_000}) {
            costs.of(entries);
        }
    }

    private void of(int count) {
        Random random = new Random(1);
        long[] entries = random.longs(count)
                .boxed()
                .distinct()
                .sorted(Long::compareUnsigned)
                .mapToLong(Long::longValue)
                .toArray();
        List<ListedTag> contacts =
                random.longs(CONTACTS).mapToObj(ListedTag::new).toList();
        byte[] body = made(entries);
        double making = millis(() -> made(entries));
        double judging = millis(() -> judged(body));
        CodedSet set = judged(body);
        double matching = millis(() -> set.among(contacts));
        System.out.printf(
                Locale.ROOT,
                "%,10d entries: %,d bytes, %.2f bits each; made in %.0f ms, judged in %.0f ms, %d contacts in %.0f ms%n",
                entries.length,
                body.length,
                body.length * 8.0 / entries.length,
                making,
                judging,
                CONTACTS,
                matching);
    }

    private byte[] made(long[] entries) {
        DaySet set = signer.day(1, 20_785, now, now.plus(Duration.ofDays(2)), CodedSet.of(entries));
        return Payloads.encode(Encoding.CBOR, set);
    }

    private CodedSet judged(byte[] body) {
        DaySet set = ((Decoded.Good<DaySet>) Payloads.decode(Encoding.CBOR, DaySet.class, body)).value();
        return ((DaySet.Verdict.Holds) set.judge(key, now)).set();
    }

    /** The least of some rounds: what comes on top is other people's. */
    private double millis(Supplier<?> work) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = threads.getCurrentThreadCpuTime();
            if (work.get() == null) {
                throw new AssertionError("no result");
            }
            least = Math.min(least, (threads.getCurrentThreadCpuTime() - before) / 1e6);
        }
        return least;
    }
}
