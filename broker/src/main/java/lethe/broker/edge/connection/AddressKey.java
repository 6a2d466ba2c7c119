package lethe.broker.edge.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom a limit is for: an IPv4 address, or the first 64 bits of an IPv6 one, since a subscriber line has all of a /64.
 *
 * @param bits of the address
 * @param wide whether it is a /64
 */
public record AddressKey(long bits, boolean wide) {
    private static final long PREFIX_OF_IPV4 = ~0xffL;
    private static final long PREFIX_OF_IPV6 = ~0xffffL;

    /** The key of a remote address. */
    public static AddressKey of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new AddressKey(bytes.getLong(), true)
                : new AddressKey(Integer.toUnsignedLong(bytes.getInt()), false);
    }

    /** The first 24 bits of an IPv4 address, the first 48 of an IPv6 one: what is given out together. */
    public AddressKey prefix() {
        return new AddressKey(bits & (wide ? PREFIX_OF_IPV6 : PREFIX_OF_IPV4), wide);
    }

    @Override
    public String toString() {
        return "AddressKey[***]";
    }
}
