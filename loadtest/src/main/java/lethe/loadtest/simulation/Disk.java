package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lethe.core.identity.Opaque;

/**
 * One ledger of a phone. What was appended lazily may be missing after a death, from some record on.
 *
 * @param <E> the events that it keeps, as records
 */
final class Disk<E> {
    private static final int MOST_RECORDS = 32;
    private static final int MOST_WASTE = 4;

    private final Function<E, Opaque> encode;
    private final Function<Opaque, E> decode;
    private final List<Opaque> records = new ArrayList<>();
    private int certain;

    Disk(Function<E, Opaque> encode, Function<Opaque, E> decode) {
        this.encode = encode;
        this.decode = decode;
    }

    void append(List<E> events, boolean lazily) {
        events.forEach(event -> records.add(encode.apply(event)));
        if (!lazily) {
            certain = records.size();
        }
    }

    /** The phone dies, in the middle of a write or not. */
    void die(Dice dice) {
        int kept = certain + (records.size() == certain ? 0 : dice.below(records.size() - certain + 1));
        records.subList(kept, records.size()).clear();
        certain = records.size();
    }

    List<E> recovered() {
        return records.stream().map(decode).toList();
    }

    /** Whether it holds mostly what is over. */
    boolean isWasteful(int needed) {
        return records.size() > Math.max(MOST_RECORDS, MOST_WASTE * needed);
    }

    /** In one write that happens or does not. */
    void replace(List<E> history) {
        records.clear();
        append(history, false);
    }
}
