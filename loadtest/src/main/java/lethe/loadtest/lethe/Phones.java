package lethe.loadtest.lethe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.http.BrokerHttp;
import lethe.device.http.Fleet;
import lethe.device.http.RequestSigner;
import lethe.device.store.Identity;
import lethe.loadtest.websocket.OpeningRequest;
import lethe.wire.Encoding;

/** Phones whose owners have opted in, and what all of them say alike. */
final class Phones {
    /** One phone; who it is, is drawn anew for each run. */
    record Phone(Identity identity) {}

    private static final Set<Scope> SCOPES = Set.of(Scope.IP);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int AT_ONCE = 48;

    private final List<Phone> phones;
    private final long epoch;
    private final int credit;
    private final OpeningRequest opening;

    private Phones(List<Phone> phones, long epoch, int credit, OpeningRequest opening) {
        this.phones = phones;
        this.epoch = epoch;
        this.credit = credit;
        this.opening = opening;
    }

    /**
     * Opts new phones in.
     *
     * @param credit messages that may be under way to each unacknowledged
     */
    static Phones optIn(InetSocketAddress broker, int count, int credit) throws IOException, InterruptedException {
        String host = broker.getHostString() + ":" + broker.getPort();
        URI address = URI.create("http://" + host);
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), Phones::daemon);
        try {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(threads)
                    .build();
            SecureRandom random = new SecureRandom();
            Fleet fleet = Fleet.within(BOUND).atATime(AT_ONCE);
            Bodies.PolicyInForce policy = fleet.await(
                    client(http, address, Identity.draw(random), random).policy());
            List<Phone> phones = IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> new Phone(Identity.draw(random)))
                    .toList();
            fleet.ask(phones, phone -> agree(client(http, address, phone.identity(), random), phone, policy, threads));
            OpeningRequest opening = new OpeningRequest(host, "/v1/socket", Encoding.CBOR.subProtocol());
            return new Phones(phones, policy.epoch(), credit, opening);
        } finally {
            threads.shutdownNow();
        }
    }

    private static CompletionStage<Answer<Bodies.ConsentOnFile>> agree(
            BrokerHttp http, Phone phone, Bodies.PolicyInForce policy, Executor threads) {
        return CompletableFuture.supplyAsync(() -> phone.identity().consent(policy, SCOPES, Instant.now()), threads)
                .thenCompose(http::optIn);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "opt-in");
        thread.setDaemon(true);
        return thread;
    }

    private static BrokerHttp client(HttpClient http, URI broker, Identity identity, SecureRandom random) {
        return new BrokerHttp(http, broker, Encoding.CBOR, new RequestSigner(identity, Clock.systemUTC(), random));
    }

    Phone get(int index) {
        return phones.get(index);
    }

    long epoch() {
        return epoch;
    }

    int credit() {
        return credit;
    }

    OpeningRequest opening() {
        return opening;
    }
}
