package lethe.broker.edge.connection;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.TLSProtocol.SslTlsOutbound;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.TLSPlacebo;
import akka.stream.javadsl.Tcp;
import akka.stream.javadsl.Tcp.IncomingConnection;
import akka.stream.javadsl.Tcp.ServerBinding;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * A port that phones connect to: binds TCP itself and puts {@link ConnectionGuard} between TCP and Akka HTTP's server
 * layer, which is the only place where a slow header can be seen.
 */
public final class Listener {
    private final ServerBinding binding;
    private final SharedKillSwitch connections;
    private final Admissions admissions;

    private Listener(ServerBinding binding, SharedKillSwitch connections, Admissions admissions) {
        this.binding = binding;
        this.connections = connections;
        this.admissions = admissions;
    }

    /**
     * Binds, and serves until {@link #cut}.
     *
     * @param handler answers a request from an address; its stage never fails
     * @param refusal what a connection hears for which there is no room, as the bytes of an HTTP answer
     */
    public static CompletionStage<Listener> bind(
            ActorSystem<?> system,
            String host,
            int port,
            ConnectionSettings settings,
            ServerSettings http,
            BiFunction<AddressKey, HttpRequest, CompletionStage<HttpResponse>> handler,
            ByteString refusal) {
        Acceptor acceptor = new Acceptor(system, settings, http, handler, refusal);
        return Tcp.get(system)
                .bind(host, port, settings.backlog(), List.of(), false, Optional.empty())
                .toMat(Sink.foreach(acceptor::accept), Keep.left())
                .run(system)
                .thenApply(binding -> new Listener(binding, acceptor.connections, acceptor.admissions));
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** How many connections are open, sockets included. */
    public int open() {
        return admissions.open();
    }

    /** Takes no more connections. Those that are open go on. */
    public CompletionStage<Done> unbind() {
        return binding.unbind().thenApply(unbound -> Done.done());
    }

    /** Cuts every connection. */
    public void cut() {
        connections.shutdown();
    }

    private static final class Acceptor {
        private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);

        private final ActorSystem<?> system;
        private final ConnectionSettings settings;
        private final BiFunction<AddressKey, HttpRequest, CompletionStage<HttpResponse>> handler;
        private final Flow<ByteString, ByteString, NotUsed> refused;
        private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;
        private final SharedKillSwitch connections = KillSwitches.shared("edge");
        private final Admissions admissions;

        Acceptor(
                ActorSystem<?> system,
                ConnectionSettings settings,
                ServerSettings http,
                BiFunction<AddressKey, HttpRequest, CompletionStage<HttpResponse>> handler,
                ByteString refusal) {
            this.system = system;
            this.settings = settings;
            this.handler = handler;
            this.admissions = new Admissions(settings.most(), settings.mostPerAddress());
            this.http = Http.get(system).serverLayer(http).atop(plain());
            // Hears the client out once, else the reset that follows unread bytes would eat the answer.
            this.refused =
                    Flow.of(ByteString.class).take(1).map(heard -> refusal).completionTimeout(REFUSED_WITHIN);
        }

        void accept(IncomingConnection connection) {
            AddressKey address = AddressKey.of(connection.remoteAddress().getAddress());
            if (!admissions.admit(address)) {
                connection.handleWith(refused, system);
                return;
            }
            serve(address, connection).whenComplete((done, failure) -> admissions.release(address));
        }

        private CompletionStage<Done> serve(AddressKey address, IncomingConnection connection) {
            ConnectionPhase phase = new ConnectionPhase(settings, System::nanoTime);
            Flow<HttpRequest, HttpResponse, NotUsed> answers = Flow.of(HttpRequest.class)
                    .map(phase::requested)
                    .mapAsync(1, request -> handler.apply(address, request))
                    .map(phase::answered);
            Flow<ByteString, ByteString, CompletionStage<Done>> bytes = answers.join(
                            http.atop(BidiFlow.fromGraph(new ConnectionGuard(phase))))
                    .via(connections.flow())
                    .watchTermination((unused, ended) -> ended);
            return connection.handleWith(bytes, system);
        }

        /** No TLS here. Its inbound type is narrower than HTTP asks for, which Java's generics cannot say. */
        @SuppressWarnings("unchecked")
        private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
            BidiFlow<?, ?, ?, ?, ?> placebo = TLSPlacebo.getInstance();
            return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>) placebo;
        }
    }
}
