package lethe.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node tells others which cluster it is in, over HTTP.
 *
 * @param host a name, or an address; of IPv6 in brackets
 * @param port 1 to 65535
 */
public record ContactPoint(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("([\\w.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])" + ":([0-9]{1,5})");

    /** Reads {@code host:port}; empty if it is not that. */
    static Optional<ContactPoint> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return Ports.isOne(port) ? Optional.of(new ContactPoint(matcher.group(1), port)) : Optional.empty();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
