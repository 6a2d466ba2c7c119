package lethe.broker.edge.connection;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A port that phones connect to, with all its connections. */
public interface Listener {
    InetSocketAddress address();

    /** How many connections are open, sockets included. */
    int open();

    /** Takes no more connections. Those that are open go on. */
    CompletionStage<?> unbind();

    /** Cuts every connection. */
    void cut();
}
