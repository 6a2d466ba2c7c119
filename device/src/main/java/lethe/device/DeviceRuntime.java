package lethe.device;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/**
 * What a client needs from outside. Thousands of clients in one process may share one.
 *
 * @param executor runs the clients, their file writes and their listeners; a few threads
 * @param random a cryptographically strong source: message ids and nonces come from it
 */
public record DeviceRuntime(Executor executor, Alarm alarm, HttpClient http, Clock clock, RandomGenerator random) {
    /**
     * Daemon threads, the system's clock, {@link SecureRandom}.
     *
     * @param threads that run the clients; at least 2 if listeners or modems block
     */
    public static DeviceRuntime ofThreads(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, daemons("phone"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons("phone-timer"));
        Alarm alarm = (delay, task) -> {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        };
        return new DeviceRuntime(executor, alarm, http(executor), Clock.systemUTC(), new SecureRandom());
    }

    /**
     * The same with connections and TLS sessions of its own, for another number of the same phone: neither shows a
     * broker that the two belong together. Trusts whom Java trusts by default.
     */
    public DeviceRuntime apart() {
        return new DeviceRuntime(executor, alarm, http(executor), clock, random);
    }

    private static HttpClient http(Executor executor) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(freshTls())
                .executor(executor)
                .build();
    }

    /** The default one would resume the sessions of others. */
    private static SSLContext freshTls() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, null, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
