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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.http.Answer;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.store.Identity;
import lethe.loadtest.phone.Fleet;
import lethe.loadtest.websocket.OpeningRequest;
import lethe.wire.Encoding;

/** Phones whose owners have opted in, and what all of them say alike. */
final class Phones {
    /** One phone; who it is, is drawn anew for each run. */
    record Phone(Identity identity) {}

    private static final Set<Scope> SCOPES = Set.of(Scope.IP);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int AT_ONCE = 48;
    private static final int RETRIES = 60;
    private static final int RETRY_MILLIS = 500;

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
            Bodies.PolicyInForce policy = policy(client(http, address, Identity.draw(random), random));
            List<Phone> phones = IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> new Phone(Identity.draw(random)))
                    .toList();
            Fleet.optIn(
                    phones,
                    phone -> optIn(client(http, address, phone.identity(), random), phone, policy, threads, RETRIES),
                    AT_ONCE,
                    BOUND);
            OpeningRequest opening = new OpeningRequest(host, "/v1/socket", Encoding.CBOR.subProtocol());
            return new Phones(phones, policy.epoch(), credit, opening);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A broker that is busy says so; it has just been started. */
    private static CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(
            BrokerHttp http, Phone phone, Bodies.PolicyInForce policy, Executor threads, int retries) {
        return CompletableFuture.supplyAsync(() -> phone.identity().consent(policy, SCOPES, Instant.now()), threads)
                .thenCompose(http::optIn)
                .thenCompose(answer -> {
                    if (retries > 0 && isForNow(answer)) {
                        Executor later =
                                CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, threads);
                        return CompletableFuture.runAsync(() -> {}, later)
                                .thenCompose(nothing -> optIn(http, phone, policy, threads, retries - 1));
                    }
                    return CompletableFuture.completedFuture(answer);
                });
    }

    private static boolean isForNow(Answer<Bodies.ConsentOnFile> answer) {
        return answer instanceof Answer.Unreachable
                || (answer instanceof Answer.Refused<Bodies.ConsentOnFile> refused
                        && refused.problem().type().retryable());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "opt-in");
        thread.setDaemon(true);
        return thread;
    }

    private static BrokerHttp client(HttpClient http, URI broker, Identity identity, SecureRandom random) {
        return new BrokerHttp(http, broker, Encoding.CBOR, new RequestSigner(identity, Clock.systemUTC(), random));
    }

    private static Bodies.PolicyInForce policy(BrokerHttp http) throws IOException, InterruptedException {
        CompletionStage<Answer<Bodies.PolicyInForce>> asked = http.policy();
        try {
            if (asked.toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS)
                    instanceof Answer.Good<Bodies.PolicyInForce> good) {
                return good.value();
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the broker tells no policy", failed);
        }
        throw new IOException("the broker tells no policy: " + asked);
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
