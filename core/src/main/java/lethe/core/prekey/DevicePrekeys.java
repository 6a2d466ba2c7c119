package lethe.core.prekey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import lethe.core.identity.DeviceId;

/**
 * Which prekeys of a device are stored, without the keys themselves. Immutable.
 *
 * @param highest id that the device ever published: it is given to no other key, also when that one is gone
 * @param oneTime in the order in which they are given out, within each suite
 * @param lastResort one a suite
 */
public record DevicePrekeys(long highest, List<PrekeyRun> oneTime, List<PrekeyRun> lastResort) {
    /** One-time prekeys that are kept for a device, of all suites together. */
    public static final int MOST = 100;

    /** With fewer left than these the device shall publish more. */
    public static final int LOW = 20;

    /** Suites that a device may have prekeys of: two are in use, and two more while a third takes the place of one. */
    public static final int MOST_SUITES = 4;

    /** Of a device that has published nothing. */
    public static final DevicePrekeys NONE = new DevicePrekeys(-1, List.of(), List.of());

    public DevicePrekeys {
        oneTime = List.copyOf(oneTime);
        lastResort = List.copyOf(lastResort);
    }

    /** One-time prekeys that are left. */
    public int left() {
        return oneTime.stream().mapToInt(PrekeyRun::count).sum();
    }

    /** Of a suite. */
    public int left(int suite) {
        return oneTime.stream()
                .filter(run -> run.suite() == suite)
                .mapToInt(PrekeyRun::count)
                .sum();
    }

    public boolean isLow() {
        return left() < LOW;
    }

    /** The suites that there is anything of, in ascending order. */
    public List<Integer> suites() {
        return Stream.concat(oneTime.stream(), lastResort.stream())
                .map(PrekeyRun::suite)
                .distinct()
                .sorted()
                .toList();
    }

    /** The one-time prekey of a suite that is the next to be given. */
    public Optional<PrekeyRef> next(DeviceId device, int suite) {
        return first(oneTime, device, suite);
    }

    /** The last-resort prekey of a suite. */
    public Optional<PrekeyRef> lastResort(DeviceId device, int suite) {
        return first(lastResort, device, suite);
    }

    private static Optional<PrekeyRef> first(List<PrekeyRun> runs, DeviceId device, int suite) {
        return runs.stream()
                .filter(run -> run.suite() == suite)
                .findFirst()
                .map(run -> new PrekeyRef(device, suite, run.first(), run.incarnation()));
    }

    /** Whether this one-time prekey is still to be given. */
    public boolean has(PrekeyRef one) {
        return oneTime.stream()
                .anyMatch(run -> run.contains(one.suite(), one.id()) && run.incarnation() == one.incarnation());
    }

    /** A one-time prekey that is still to be given, and those that came with it and are. */
    public List<PrekeyRef> with(PrekeyRef one) {
        return oneTime.stream()
                .filter(run -> run.contains(one.suite(), one.id()))
                .flatMap(run -> run.refs(one.device()))
                .toList();
    }

    /** All of them. */
    public Stream<PrekeyRef> refs(DeviceId device) {
        return Stream.concat(oneTime.stream(), lastResort.stream()).flatMap(run -> run.refs(device));
    }

    /** With a batch, stored by an incarnation. Last-resort prekeys of its suites make way for it. */
    public DevicePrekeys with(PrekeyBatch batch, long incarnation) {
        List<PrekeyRun> keys = new ArrayList<>(oneTime);
        keys.addAll(PrekeyRun.of(batch.oneTime(), incarnation));
        List<PrekeyRun> last = new ArrayList<>(lastResort);
        for (PrekeyRun run : PrekeyRun.of(batch.lastResort(), incarnation)) {
            last.removeIf(former -> former.suite() == run.suite());
            last.add(run);
        }
        return new DevicePrekeys(batch.ids().reduce(highest, Math::max), keys, last);
    }

    /** The same, as the store numbers incarnations. */
    public DevicePrekeys numbered(LongUnaryOperator incarnation) {
        return new DevicePrekeys(highest, numbered(oneTime, incarnation), numbered(lastResort, incarnation));
    }

    private static List<PrekeyRun> numbered(List<PrekeyRun> runs, LongUnaryOperator incarnation) {
        return runs.stream()
                .map(run -> new PrekeyRun(
                        run.suite(), run.first(), run.count(), incarnation.applyAsLong(run.incarnation())))
                .toList();
    }

    /** Without a one-time prekey, which somebody got. */
    public DevicePrekeys without(PrekeyRef one) {
        List<PrekeyRun> rest = oneTime.stream()
                .flatMap(run -> run.contains(one.suite(), one.id()) ? run.without(one.id()).stream() : Stream.of(run))
                .toList();
        return new DevicePrekeys(highest, rest, lastResort);
    }
}
