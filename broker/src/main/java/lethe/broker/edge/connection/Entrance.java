package lethe.broker.edge.connection;

import java.util.Optional;
import java.util.function.Function;
import lethe.broker.edge.socket.Sockets;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;

/**
 * What a listener of any transport leads its connections to, and what it goes by.
 *
 * @param http the resources, and sockets that are asked for on a connection of HTTP
 * @param sockets for a transport that carries them itself
 * @param objection why an address may not ask now; empty if it may
 * @param refusal what a connection hears for which a limit has no room, as the bytes of an HTTP answer
 */
public record Entrance(
        ConnectionSettings settings,
        Admissions admissions,
        HttpConnections http,
        Sockets sockets,
        Function<AddressKey, Optional<Problem>> objection,
        Function<Limit, Opaque> refusal) {}
