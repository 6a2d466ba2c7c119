package lethe.broker.edge.connection;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, in all and by address. Safe for use by many threads. */
public final class Admissions {
    private final int most;
    private final int mostPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentHashMap<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();

    public Admissions(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /** Whether there is room for one more; if so it counts until {@link #release}. */
    public boolean admit(AddressKey address) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        if (byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
            release(address);
            return false;
        }
        return true;
    }

    public void release(AddressKey address) {
        open.decrementAndGet();
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    public int open() {
        return open.get();
    }
}
