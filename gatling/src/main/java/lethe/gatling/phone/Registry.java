package lethe.gatling.phone;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceRuntime;
import lethe.device.http.Answer;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.wire.Encoding;

/**
 * Opts phones in before a simulation, and out after it, over HTTP; a few at a time, so that a small machine keeps up.
 */
public final class Registry {
    private static final int THREADS = 2;
    private static final int AT_ONCE = 16;
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final Set<Scope> SCOPES = Set.of(Scope.IP);

    private final URI broker;
    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);

    /**
     * Of one broker.
     *
     * @param broker scheme, host and port
     */
    public Registry(URI broker) {
        this.broker = broker;
    }

    /**
     * Their owners have read the policy and agree.
     *
     * @throws IOException if one is refused, or it takes longer than ten minutes
     */
    public void optIn(List<Phone> phones) throws IOException, InterruptedException {
        if (phones.isEmpty()) {
            return;
        }
        Bodies.PolicyInForce policy = good(http(phones.get(0)).policy(), System.nanoTime() + BOUND.toNanos());
        each(phones, phone -> http(phone).optIn(phone.identity().consent(policy, SCOPES, Instant.now())));
        phones.forEach(phone -> phone.optedIn(policy.epoch()));
    }

    /** Their owners withdraw: the broker keeps nothing of them. */
    public void optOut(List<Phone> phones) throws IOException, InterruptedException {
        each(phones, phone -> http(phone).optOut());
    }

    private BrokerHttp http(Phone phone) {
        RequestSigner signer = new RequestSigner(phone.identity(), Clock.systemUTC(), runtime.random());
        return new BrokerHttp(runtime.http(), broker, Encoding.CBOR, signer);
    }

    private static <T> void each(List<Phone> phones, Function<Phone, CompletionStage<Answer<T>>> request)
            throws IOException, InterruptedException {
        Semaphore turns = new Semaphore(AT_ONCE);
        long deadline = System.nanoTime() + BOUND.toNanos();
        List<CompletionStage<Answer<T>>> answers = new ArrayList<>();
        for (Phone phone : phones) {
            if (!turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the broker answered " + answers.size() + " of " + phones.size()
                        + " phones within " + BOUND.toMinutes() + " minutes");
            }
            answers.add(request.apply(phone).whenComplete((answer, failure) -> turns.release()));
        }
        for (CompletionStage<Answer<T>> answer : answers) {
            good(answer, deadline);
        }
    }

    private static <T> T good(CompletionStage<Answer<T>> stage, long deadline)
            throws IOException, InterruptedException {
        try {
            Answer<T> answer = stage.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer instanceof Answer.Good<T> good) {
                return good.value();
            }
            throw new IOException("a phone could not opt in or out: " + answer);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a phone could not opt in or out", failed);
        }
    }
}
