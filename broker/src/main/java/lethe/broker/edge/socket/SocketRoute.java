package lethe.broker.edge.socket;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import java.util.function.Function;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.wire.Encoding;

/** {@code /v1/socket}: becomes a socket of <code>lethe.v1.cbor</code> or <code>lethe.v1.json</code>. */
public final class SocketRoute {
    private final SocketSettings settings;
    private final Function<Link, Session> sessions;

    /**
     * The way to sockets.
     *
     * @param sessions makes a session for each
     */
    public SocketRoute(SocketSettings settings, Function<Link, Session> sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    public Route routes() {
        return path(
                segment("v1").slash("socket"),
                () -> get(() -> extractRequest(request -> complete(Handshake.answer(request, this::socket)))));
    }

    private Flow<ByteString, ByteString, NotUsed> socket(Encoding encoding) {
        return Flow.fromGraph(new SocketStage(encoding, settings, sessions, System::nanoTime));
    }
}
