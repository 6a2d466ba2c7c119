package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import java.time.Duration;
import lethe.gatling.phone.Habits;

/**
 * Pairs of connected phones chat: every message is delivered, once, in order, and its sender hears of it.
 *
 * <p>Parameters: {@code pairs} (100), {@code rate} in messages a second of all pairs together (200), {@code seconds}
 * (20), {@code ramp} in seconds (2), {@code bytes} of a body (256), {@code p99}: the highest tolerated, from send to
 * receipt, in milliseconds (5,000).
 */
public final class LiveChat extends LetheSimulation {
    private final int pairs = given.number("pairs", 100);
    private final int rate = given.number("rate", 200);
    private final int seconds = given.number("seconds", 20);
    private final int ramp = given.number("ramp", 2);
    private final int bytes = given.number("bytes", 256);
    private final int p99 = given.number("p99", 5_000);

    public LiveChat() {
        Duration interval = Duration.ofSeconds(pairs).dividedBy(rate);
        Chat chat = new Chat(town.settle(pairs, new Habits(bytes, interval)), Duration.ofSeconds(seconds), interval);
        Verdict verdict = Verdict.onMessages(town).that("nothing refused", () -> town.refused() == 0);
        setUp(
                        chat.recipients().injectOpen(rampUsers(pairs).during(ramp)),
                        chat.senders().injectOpen(rampUsers(pairs).during(ramp)).andThen(verdict.population()))
                .protocols(Sockets.to(Parameters.broker()))
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("receipt").responseTime().percentile4().lt(p99));
    }
}
