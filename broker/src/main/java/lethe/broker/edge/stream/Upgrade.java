package lethe.broker.edge.stream;

import akka.NotUsed;
import akka.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;

/**
 * The answer 101 that turns an HTTP connection into a flow of bytes: the one place that uses an internal class of Akka
 * HTTP. Why: docs/decisions/0003-sockets-on-a-byte-flow.md.
 */
final class Upgrade {
    private Upgrade() {}

    static HttpResponse to(Flow<ByteString, ByteString, NotUsed> socket) {
        return HttpResponse.create()
                .withStatus(StatusCodes.SWITCHING_PROTOCOLS)
                .addHeader(new UpgradeToOtherProtocolResponseHeader(handler(socket)));
    }

    @SuppressWarnings("unchecked") // Scala's Flow is covariant in what it materializes, Java's view of it is not
    private static akka.stream.scaladsl.Flow<ByteString, ByteString, Object> handler(
            Flow<ByteString, ByteString, NotUsed> socket) {
        akka.stream.scaladsl.Flow<ByteString, ByteString, ?> handler = socket.asScala();
        return (akka.stream.scaladsl.Flow<ByteString, ByteString, Object>) handler;
    }
}
