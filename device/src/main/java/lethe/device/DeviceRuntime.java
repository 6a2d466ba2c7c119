package lethe.device;

import java.net.http.HttpClient;
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
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(executor)
                .build();
        Alarm alarm = (delay, task) -> {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        };
        return new DeviceRuntime(executor, alarm, http, Clock.systemUTC(), new SecureRandom());
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
