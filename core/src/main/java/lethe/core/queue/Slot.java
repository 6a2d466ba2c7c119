package lethe.core.queue;

import java.util.Comparator;

/**
 * The place of an envelope in a subscriber's order: first by the incarnation of the actor that took it in, then by a
 * count. Two incarnations never give out the same slot, so a zombie's late write cannot overwrite a row.
 *
 * @param incarnation of the actor, rising with every recovery
 * @param number from 1, rising by one with every envelope
 */
public record Slot(long incarnation, long number) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparingLong(Slot::incarnation).thenComparingLong(Slot::number);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
