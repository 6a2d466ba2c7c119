package lethe.broker.edge;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.japi.function.Function;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.edge.connection.AddressKey;
import lethe.broker.edge.connection.AddressRates;
import lethe.broker.edge.connection.Admissions;
import lethe.broker.edge.connection.ConnectionSettings;
import lethe.broker.edge.connection.Entrance;
import lethe.broker.edge.connection.HttpConnections;
import lethe.broker.edge.connection.Listener;
import lethe.broker.edge.connection.PlainAnswer;
import lethe.broker.edge.netty.NettyListener;
import lethe.broker.edge.resource.ConsentRoutes;
import lethe.broker.edge.resource.Refusals;
import lethe.broker.edge.resource.Rejections;
import lethe.broker.edge.socket.Sockets;
import lethe.broker.edge.stream.StreamListener;
import lethe.broker.limit.Limits;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/** The port that phones connect to, with all its resources. */
public final class HttpEdge {
    /** When one that there was no room for should try again. */
    private static final Duration CONNECTION_PAUSE = Duration.ofSeconds(10);

    private final Listener listener;

    private HttpEdge(Listener listener) {
        this.listener = listener;
    }

    /**
     * Binds; the stage completes when phones can connect, and fails if they cannot.
     *
     * @throws IllegalArgumentException naming a setting that cannot be used
     */
    public static CompletionStage<HttpEdge> start(ActorSystem<?> system, EdgeSettings settings, Behind behind) {
        Sockets sockets = new Sockets(settings.sockets(), behind.sessions(), behind.limits());
        Function<HttpRequest, CompletionStage<HttpResponse>> handler = Resources.of(system, settings, behind, sockets)
                .seal(Rejections.handler(), Rejections.defects())
                .handler(system);
        ConnectionSettings connections = settings.connections();
        AddressRates rates = new AddressRates(connections, behind.limits());
        HttpConnections http = new HttpConnections(
                system,
                connections,
                ServerOptions.of(system),
                (address, request) -> answer(rates, handler, address, request));
        Entrance entrance = new Entrance(
                connections,
                new Admissions(connections.most(), connections.mostPerAddress(), connections.mostPerPrefix()),
                http,
                sockets,
                rates::objection,
                full -> tooManyConnections(behind.limits(), full));
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        CompletionStage<Listener> listener = settings.transport() == Transport.NETTY
                ? NettyListener.bind(system, address, settings.tls(), entrance)
                : StreamListener.bind(system, address, entrance);
        return listener.thenApply(HttpEdge::new);
    }

    Listener listener() {
        return listener;
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /** How many connections are open, sockets included. */
    public int connections() {
        return listener.open();
    }

    /** Takes no more connections; those that are open go on. */
    public CompletionStage<?> unbind() {
        return listener.unbind();
    }

    /** Cuts the connections that are still open. */
    public void cut() {
        listener.cut();
    }

    private static CompletionStage<HttpResponse> answer(
            AddressRates rates,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            AddressKey address,
            HttpRequest request) {
        Optional<Problem> objection = rates.objection(address)
                .or(() -> ConsentRoutes.isOptIn(request) ? rates.objectionToOptIn(address) : Optional.empty());
        if (objection.isPresent()) {
            return CompletableFuture.completedFuture(Refusals.answer(objection.get()));
        }
        try {
            return handler.apply(request).exceptionally(failure -> Refusals.answer(ProblemType.INTERNAL));
        } catch (Exception e) {
            return CompletableFuture.completedFuture(Refusals.answer(ProblemType.INTERNAL));
        }
    }

    /** Such a connection does not get as far as HTTP. */
    private static Opaque tooManyConnections(Limits limits, Limit full) {
        return Opaque.wrap(PlainAnswer.of(limits.refusal(full, CONNECTION_PAUSE), Map.of()));
    }
}
