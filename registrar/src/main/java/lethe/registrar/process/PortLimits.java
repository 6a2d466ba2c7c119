package lethe.registrar.process;

import java.util.List;
import lethe.registrar.http.Limits;

/** The bounds of every process's port that its operator may change. */
public final class PortLimits {
    private static final NamedLimit CONNECTIONS =
            new NamedLimit("connections", 1024, 1, 65_536, "connections", "open at once, in all");
    private static final NamedLimit OF_AN_ADDRESS = new NamedLimit(
            "connections-of-an-address",
            64,
            1,
            65_536,
            "connections",
            "open at once, of one address (IPv6: of 64 bits)");
    private static final NamedLimit REQUEST = new NamedLimit(
            "request-seconds",
            15,
            1,
            300,
            "s",
            "for a handshake and a whole request, between requests, and to take an answer");

    public static final List<NamedLimit> ALL = List.of(CONNECTIONS, OF_AN_ADDRESS, REQUEST);

    private PortLimits() {}

    /** A port's limits with these changed. */
    public static Limits of(Limits usual, NamedLimits wanted) {
        return new Limits(
                wanted.count(CONNECTIONS),
                wanted.count(OF_AN_ADDRESS),
                usual.target(),
                usual.headers(),
                usual.body(),
                wanted.seconds(REQUEST),
                usual.heardOut(),
                usual.working(),
                usual.waiting(),
                usual.retryAfter());
    }
}
