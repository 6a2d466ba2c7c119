package lethe.broker.edge.connection;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.core.limit.Limit;

/**
 * Counts open connections, in all, by address and by prefix. Safe for use by many threads. Remembers no more than are
 * open.
 */
public final class Admissions {
    private final int most;
    private final int mostPerAddress;
    private final int mostPerPrefix;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentHashMap<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AddressKey, Integer> byPrefix = new ConcurrentHashMap<>();

    public Admissions(int most, int mostPerAddress, int mostPerPrefix) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.mostPerPrefix = mostPerPrefix;
    }

    /**
     * Lets one more in, if there is room; then it counts until {@link #release}.
     *
     * @return what there is no room in; empty if it is in
     */
    public Optional<Limit> admit(AddressKey address) {
        boolean fits = open.incrementAndGet() <= most;
        boolean fitsAddress = byAddress.merge(address, 1, Integer::sum) <= mostPerAddress;
        boolean fitsPrefix = byPrefix.merge(address.prefix(), 1, Integer::sum) <= mostPerPrefix;
        if (fits && fitsAddress && fitsPrefix) {
            return Optional.empty();
        }
        release(address);
        return Optional.of(
                !fitsAddress
                        ? Limit.ADDRESS_CONNECTIONS
                        : fitsPrefix ? Limit.NODE_CONNECTIONS : Limit.PREFIX_CONNECTIONS);
    }

    public void release(AddressKey address) {
        open.decrementAndGet();
        release(byAddress, address);
        release(byPrefix, address.prefix());
    }

    private static void release(ConcurrentHashMap<AddressKey, Integer> counts, AddressKey key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    public int open() {
        return open.get();
    }
}
