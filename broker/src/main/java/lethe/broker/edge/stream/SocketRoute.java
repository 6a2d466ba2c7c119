package lethe.broker.edge.stream;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import java.util.Map;
import lethe.broker.edge.resource.Refusals;
import lethe.broker.edge.socket.Handshake;
import lethe.broker.edge.socket.Sockets;

/**
 * {@code /v1/socket} as a resource of Akka HTTP: becomes a socket of <code>lethe.v1.cbor</code> or <code>lethe.v1.json
 * </code>.
 */
public final class SocketRoute {
    private final Sockets sockets;

    public SocketRoute(Sockets sockets) {
        this.sockets = sockets;
    }

    public Route routes() {
        return path(
                segment("v1").slash("socket"), () -> get(() -> extractRequest(request -> complete(answer(request)))));
    }

    private HttpResponse answer(HttpRequest request) {
        Handshake handshake = Handshake.judge(
                name -> request.getHeader(name).map(header -> header.value()).orElse(""));
        if (handshake instanceof Handshake.Agreed agreed) {
            Flow<ByteString, ByteString, NotUsed> socket =
                    Flow.fromGraph(new SocketStage(carrier -> sockets.open(agreed.encoding(), carrier)));
            return with(agreed.headers(), Upgrade.to(socket));
        }
        Handshake.Refused refused = (Handshake.Refused) handshake;
        return with(refused.headers(), Refusals.answer(refused.problem()));
    }

    private static HttpResponse with(Map<String, String> headers, HttpResponse answer) {
        HttpResponse complete = answer;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            complete = complete.addHeader(header(header.getKey(), header.getValue()));
        }
        return complete;
    }

    /** Akka HTTP ignores this one when it is not of its own kind. */
    private static HttpHeader header(String name, String value) {
        return name.equals("Connection") ? Connection.create(value) : RawHeader.create(name, value);
    }
}
