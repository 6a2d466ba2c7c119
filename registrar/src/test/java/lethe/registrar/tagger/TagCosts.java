package lethe.registrar.tagger;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.PlainIdentifier;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.oprf.Batch;
import lethe.oprf.PinnedKey;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * Prints what tags cost, in CPU of one thread: evaluations a CPU-second at a tagger, codec, proof and permits included,
 * and the first sync of 300 contacts at both ends. Not a test; to be run by hand.
 */
public final class TagCosts {
    private static final int CONTACTS = 300;
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final long WARM_UP_NANOS = 10_000_000_000L;
    private static final long RUN_NANOS = 5_000_000_000L;

    private static final int MANY = 1_000_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RandomGenerator random = new SecureRandom();
    private final Keyring keys = Keyring.draw(random);
    private final PinnedKey pinned = Asking.pinned(keys, 1);
    private final Verifying verifier = new Verifying();
    private final HeldPermit permit = verifier.permit(NOW);

    private TagCosts() {}

    public static void main(String[] arguments) {
        TagCosts costs = new TagCosts();
        for (int numbers : new int[] {1, 100, 250}) {
            costs.evaluations(numbers, false);
            costs.evaluations(numbers, true);
        }
        costs.firstSync(1);
        costs.firstSync(2);
    }

    private void evaluations(int numbers, boolean permitted) {
        Evaluate batch = Batch.of(Asking.numbers(numbers), random).request(pinned);
        Tagger tagger = new Tagger(keys, random, permitted ? permits() : Admission.everybody());
        cpuOf(WARM_UP_NANOS, tagger, batch);
        double nanos = cpuOf(RUN_NANOS, tagger, batch);
        int size = batch.blinded().size();
        System.out.printf(
                Locale.ROOT,
                "batch of %3d, %s permits: %5.0f evaluations a CPU-second, %.2f ms%n",
                size,
                permitted ? "with" : "without",
                size * 1e9 / nanos,
                nanos / 1e6);
    }

    private Permits permits() {
        Accounts accounts = new Accounts(new Allowance(MANY, MANY, MANY, MANY), () -> {});
        return new Permits(Set.of(verifier.key()), accounts, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void firstSync(int taggers) {
        List<PlainIdentifier> contacts = Asking.numbers(CONTACTS);
        Keyring one = KeyChanges.drawnLike(keys, random);
        List<Tagger> all = taggers == 1
                ? List.of(new Tagger(keys, random, permits()))
                : List.of(
                        new Tagger(one, random, permits()),
                        new Tagger(KeyChanges.minus(keys, one).orElseThrow(), random, permits()));
        sync(contacts, all, false);
        sync(contacts, all, true);
    }

    private void sync(List<PlainIdentifier> contacts, List<Tagger> all, boolean print) {
        long atPhone = 0;
        long atTaggers = 0;
        long bytes = 0;
        for (List<PlainIdentifier> part : Batch.split(contacts)) {
            long start = threads.getCurrentThreadCpuTime();
            Batch batch = Batch.of(part, random);
            byte[] request = Payloads.encode(Encoding.CBOR, permit.show(batch.request(pinned), NOW, random));
            long blinded = threads.getCurrentThreadCpuTime();
            List<byte[]> answers = new ArrayList<>();
            for (Tagger each : all) {
                answers.add(answer(each, request));
                bytes += request.length + answers.get(answers.size() - 1).length;
            }
            long evaluated = threads.getCurrentThreadCpuTime();
            batch.finish(
                    pinned,
                    answers.stream()
                            .map(answer -> read(Evaluation.class, answer))
                            .toList());
            atPhone += threads.getCurrentThreadCpuTime() - evaluated + blinded - start;
            atTaggers += evaluated - blinded;
        }
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "%d contacts, %d tagger(s): %d ms at the phone, %d ms at each tagger, %.1f KiB of bodies%n",
                    contacts.size(),
                    all.size(),
                    atPhone / 1_000_000,
                    atTaggers / all.size() / 1_000_000,
                    bytes / 1024.0);
        }
    }

    private static byte[] answer(Tagger tagger, byte[] request) {
        Tagger.Verdict verdict = tagger.evaluate(read(Evaluate.class, request));
        return Payloads.encode(Encoding.CBOR, ((Tagger.Verdict.Made) verdict).evaluation());
    }

    private static <T extends Record> T read(Class<T> type, byte[] body) {
        return ((Decoded.Good<T>) Payloads.decode(Encoding.CBOR, type, body)).value();
    }

    /** Nanoseconds of one answer, over as many as the time has room for; each request is signed before. */
    private double cpuOf(long nanos, Tagger tagger, Evaluate batch) {
        long runs = 0;
        long spent = 0;
        while (spent < nanos) {
            byte[] request = Payloads.encode(Encoding.CBOR, permit.show(batch, NOW, random));
            long start = threads.getCurrentThreadCpuTime();
            answer(tagger, request);
            spent += threads.getCurrentThreadCpuTime() - start;
            runs++;
        }
        return (double) spent / runs;
    }
}
