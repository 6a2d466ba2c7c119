package lethe.broker.edge;

import com.typesafe.config.Config;
import java.util.Locale;

/** What carries phones' connections. Both are held to the same contract. */
public enum Transport {
    /** Sockets straight on Netty, HTTP handed on to Akka HTTP. */
    NETTY,
    /** Everything on Akka's TCP and streams. Costs several times the processor time per message; has no TLS. */
    AKKA;

    /**
     * Reads {@code lethe.edge.transport}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Transport from(Config edge) {
        return switch (edge.getString("transport").toLowerCase(Locale.ROOT)) {
            case "netty" -> NETTY;
            case "akka" -> AKKA;
            default -> throw new IllegalArgumentException("lethe.edge.transport is netty or akka");
        };
    }
}
