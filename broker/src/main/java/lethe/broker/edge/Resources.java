package lethe.broker.edge;

import static akka.http.javadsl.server.Directives.concat;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Route;
import lethe.broker.edge.resource.AccountRoutes;
import lethe.broker.edge.resource.ConsentRoutes;
import lethe.broker.edge.resource.DocumentRoutes;
import lethe.broker.edge.resource.InboxRoutes;
import lethe.broker.edge.resource.LookupRoutes;
import lethe.broker.edge.resource.OutboxRoutes;
import lethe.broker.edge.resource.PolicyRoutes;
import lethe.broker.edge.resource.PrekeyRoutes;
import lethe.broker.edge.resource.ProblemRoutes;
import lethe.broker.edge.resource.Proofs;
import lethe.broker.edge.resource.ResourceSettings;
import lethe.broker.edge.resource.SenderRoutes;
import lethe.broker.edge.resource.SignedAnswers;
import lethe.broker.edge.resource.SignedRequests;
import lethe.broker.edge.resource.SubscriberAsk;
import lethe.broker.edge.signature.SignatureReader;
import lethe.broker.edge.socket.Sockets;
import lethe.broker.edge.stream.SocketRoute;

/** All resources of the edge, most used first. */
final class Resources {
    private Resources() {}

    static Route of(ActorSystem<?> system, EdgeSettings settings, Behind behind, Sockets sockets) {
        ResourceSettings http = settings.resources();
        SubscriberAsk ask = new SubscriberAsk(behind.subscribers(), http.answerWithin());
        SignedRequests signed =
                new SignedRequests(system, new SignatureReader(behind.clock()), ask, http, behind.limits());
        return concat(
                new SocketRoute(sockets).routes(),
                new InboxRoutes(signed, ask, http.longestPoll(), behind.clock()).routes(),
                new OutboxRoutes(signed, ask, behind.terms(), behind.clock()).routes(),
                new ConsentRoutes(signed, ask, new Proofs(behind.registration(), behind.clock()), behind.limits())
                        .routes(),
                new AccountRoutes(signed, ask, new SignedAnswers(behind.signer(), behind.clock()), behind.limits())
                        .routes(),
                new SenderRoutes(signed, ask).routes(),
                new PrekeyRoutes(signed, ask, behind.limits()).routes(),
                new PolicyRoutes(behind.policy()).routes(),
                new LookupRoutes(behind.sets()).routes(),
                ProblemRoutes.routes(),
                new DocumentRoutes().routes());
    }
}
