package lethe.loadtest.peers.amqp;

import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** The messages that a channel has published and the broker has not confirmed: as many as are under way. */
final class Confirms {
    private final TreeMap<Long, Long> numbers = new TreeMap<>();
    private long tag;

    /** One more was published; the broker counts from 1. */
    void sent(long number) {
        tag++;
        numbers.put(tag, number);
    }

    /**
     * The broker has spoken of one message, or of all up to it. Receipts are not in here: nobody waits for theirs.
     *
     * @param told with each message's number, oldest first
     */
    void settle(long upTo, boolean all, LongConsumer told) {
        if (!all) {
            Long number = numbers.remove(upTo);
            if (number != null) {
                told.accept(number);
            }
            return;
        }
        var upToIt = numbers.headMap(upTo, true);
        List<Long> settled = List.copyOf(upToIt.values());
        // First, because whoever is told may send at once.
        upToIt.clear();
        settled.forEach(told::accept);
    }
}
