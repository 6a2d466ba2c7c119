package lethe.broker.edge.stream;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import akka.stream.javadsl.Tcp.IncomingConnection;
import akka.stream.javadsl.Tcp.ServerBinding;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.broker.edge.connection.AddressKey;
import lethe.broker.edge.connection.Admissions;
import lethe.broker.edge.connection.Entrance;
import lethe.broker.edge.connection.HttpConnections;
import lethe.broker.edge.connection.Listener;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;

/** A port on Akka's TCP: every connection is one of HTTP, and may become a socket there. */
public final class StreamListener implements Listener {
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);

    private final ServerBinding binding;
    private final Acceptor acceptor;

    private StreamListener(ServerBinding binding, Acceptor acceptor) {
        this.binding = binding;
        this.acceptor = acceptor;
    }

    /** Binds, and serves until {@link #cut}. */
    public static CompletionStage<Listener> bind(ActorSystem<?> system, InetSocketAddress address, Entrance entrance) {
        Acceptor acceptor = new Acceptor(system, entrance);
        int backlog = entrance.settings().backlog();
        return Tcp.get(system)
                .bind(address.getHostString(), address.getPort(), backlog, List.of(), false, Optional.empty())
                .toMat(Sink.foreach(acceptor::accept), Keep.left())
                .run(system)
                .thenApply(binding -> new StreamListener(binding, acceptor));
    }

    @Override
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    @Override
    public int open() {
        return acceptor.admissions.open();
    }

    @Override
    public CompletionStage<?> unbind() {
        return binding.unbind();
    }

    @Override
    public void cut() {
        acceptor.connections.shutdown();
    }

    private static final class Acceptor {
        private final ActorSystem<?> system;
        private final HttpConnections http;
        private final Function<Limit, Opaque> refusal;
        private final SharedKillSwitch connections = KillSwitches.shared("edge");
        private final Admissions admissions;

        Acceptor(ActorSystem<?> system, Entrance entrance) {
            this.system = system;
            this.admissions = entrance.admissions();
            this.http = entrance.http();
            this.refusal = entrance.refusal();
        }

        /** Hears the client out once, else the reset that follows unread bytes would eat the answer. */
        private Flow<ByteString, ByteString, NotUsed> refused(Limit full) {
            ByteString answer = ByteString.fromArrayUnsafe(refusal.apply(full).shared());
            return Flow.of(ByteString.class).take(1).map(heard -> answer).completionTimeout(REFUSED_WITHIN);
        }

        void accept(IncomingConnection connection) {
            AddressKey address = AddressKey.of(connection.remoteAddress().getAddress());
            Optional<Limit> full = admissions.admit(address);
            if (full.isPresent()) {
                connection.handleWith(refused(full.get()), system);
                return;
            }
            connection
                    .handleWith(http.connection(address).viaMat(connections.flow(), Keep.left()), system)
                    .whenComplete((done, failure) -> admissions.release(address));
        }
    }
}
