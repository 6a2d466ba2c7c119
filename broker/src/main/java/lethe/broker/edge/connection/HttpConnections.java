package lethe.broker.edge.connection;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.TLSProtocol.SslTlsOutbound;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.TLSPlacebo;
import akka.util.ByteString;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** HTTP as a flow of bytes, one for each connection: Akka HTTP's server with {@link ConnectionGuard} before it. */
public final class HttpConnections {
    private final ConnectionSettings settings;
    private final BiFunction<AddressKey, HttpRequest, CompletionStage<HttpResponse>> handler;
    private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;

    /**
     * For one listener.
     *
     * @param handler answers a request from an address; its stage never fails
     */
    public HttpConnections(
            ActorSystem<?> system,
            ConnectionSettings settings,
            ServerSettings http,
            BiFunction<AddressKey, HttpRequest, CompletionStage<HttpResponse>> handler) {
        this.settings = settings;
        this.handler = handler;
        this.http = Http.get(system).serverLayer(http).atop(plain());
    }

    /** A connection's bytes in, and what is answered. The stage completes when the connection has ended. */
    public Flow<ByteString, ByteString, CompletionStage<Done>> connection(AddressKey address) {
        ConnectionPhase phase = new ConnectionPhase(settings, System::nanoTime);
        Flow<HttpRequest, HttpResponse, NotUsed> answers = Flow.of(HttpRequest.class)
                .map(phase::requested)
                .mapAsync(1, request -> handler.apply(address, request))
                .map(phase::answered);
        return answers.join(http.atop(BidiFlow.fromGraph(new ConnectionGuard(phase))))
                .watchTermination((unused, ended) -> ended);
    }

    /** No TLS here. Its inbound type is narrower than HTTP asks for, which Java's generics cannot say. */
    @SuppressWarnings("unchecked")
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
        BidiFlow<?, ?, ?, ?, ?> placebo = TLSPlacebo.getInstance();
        return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>) placebo;
    }
}
