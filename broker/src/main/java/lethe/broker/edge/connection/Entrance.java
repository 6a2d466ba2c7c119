package lethe.broker.edge.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import lethe.broker.edge.socket.Sockets;
import lethe.core.identity.Opaque;

/**
 * What a listener of any transport leads its connections to, and what it goes by.
 *
 * @param http the resources, and sockets that are asked for on a connection of HTTP
 * @param sockets for a transport that carries them itself
 * @param rate how long an address must wait before it may ask; empty if it need not
 * @param refusal what a connection hears for which there is no room, as the bytes of an HTTP answer
 */
public record Entrance(
        ConnectionSettings settings,
        Admissions admissions,
        HttpConnections http,
        Sockets sockets,
        Function<AddressKey, Optional<Duration>> rate,
        Opaque refusal) {}
