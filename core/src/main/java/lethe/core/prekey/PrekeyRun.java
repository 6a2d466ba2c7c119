package lethe.core.prekey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lethe.core.identity.DeviceId;

/**
 * Stored prekeys whose ids follow each other: however many there are, they cost no more than one.
 *
 * @param first id
 * @param count of ids from there on, at least 1
 * @param incarnation of the subscriber that stored them
 */
public record PrekeyRun(int suite, long first, int count, long incarnation) {
    /** The runs of prekeys that an incarnation stores, lowest ids first. */
    static List<PrekeyRun> of(List<Prekey> prekeys, long incarnation) {
        List<PrekeyRun> runs = new ArrayList<>();
        prekeys.stream()
                .sorted(Comparator.comparingInt(Prekey::suite).thenComparingLong(Prekey::id))
                .forEach(prekey -> append(runs, new PrekeyRun(prekey.suite(), prekey.id(), 1, incarnation)));
        return runs;
    }

    private static void append(List<PrekeyRun> runs, PrekeyRun next) {
        PrekeyRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.suite == next.suite && last.first + last.count == next.first) {
            runs.set(runs.size() - 1, new PrekeyRun(last.suite, last.first, last.count + 1, last.incarnation));
        } else {
            runs.add(next);
        }
    }

    boolean contains(int ofSuite, long id) {
        return suite == ofSuite && id >= first && id < first + count;
    }

    Stream<PrekeyRef> refs(DeviceId device) {
        return LongStream.range(first, first + count).mapToObj(id -> new PrekeyRef(device, suite, id, incarnation));
    }

    /** What is left without one of them. */
    List<PrekeyRun> without(long id) {
        List<PrekeyRun> rest = new ArrayList<>(2);
        if (id > first) {
            rest.add(new PrekeyRun(suite, first, Math.toIntExact(id - first), incarnation));
        }
        if (id + 1 < first + count) {
            rest.add(new PrekeyRun(suite, id + 1, Math.toIntExact(first + count - id - 1), incarnation));
        }
        return rest;
    }
}
