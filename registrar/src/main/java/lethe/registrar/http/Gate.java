package lethe.registrar.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts connections, in all and of each address, and lets no more in than may be. Safe for use by many threads. */
final class Gate {
    private static final int NETWORK = 8;

    private final int most;
    private final int mostOfAnAddress;
    private final Map<ByteBuffer, Integer> open = new HashMap<>();
    private int all;

    Gate(Limits limits) {
        this.most = limits.connections();
        this.mostOfAnAddress = limits.connectionsOfAnAddress();
    }

    /** Whether one more may come in; it is then counted until it {@link #leave leaves}. */
    synchronized boolean enter(InetAddress address) {
        ByteBuffer key = key(address);
        int ofAddress = open.getOrDefault(key, 0);
        if (all == most || ofAddress == mostOfAnAddress) {
            return false;
        }
        all++;
        open.put(key, ofAddress + 1);
        return true;
    }

    synchronized void leave(InetAddress address) {
        all--;
        open.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK) : bytes);
    }
}
