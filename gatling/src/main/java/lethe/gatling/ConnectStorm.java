package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static lethe.gatling.Sockets.PATIENCE;
import static lethe.gatling.Sockets.connect;
import static lethe.gatling.Sockets.does;
import static lethe.gatling.Sockets.finish;
import static lethe.gatling.Sockets.heard;
import static lethe.gatling.Sockets.listen;
import static lethe.gatling.Sockets.say;

import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.gatling.phone.Habits;
import lethe.gatling.phone.Phone;
import lethe.gatling.phone.Span;

/**
 * Many phones come at once: each opens a socket, answers the challenge and is let in; then all are connected at the
 * same time, and each still gets an answer.
 *
 * <p>Parameters: {@code phones}, an even number (1,000), {@code seconds} in which they come (10), {@code stay} in
 * seconds that they stay when all are there (5), {@code p99}: the highest tolerated, from hello to welcome, in
 * milliseconds (20,000). Both processes need a file descriptor for each phone: see {@code ulimit -n}.
 */
public final class ConnectStorm extends LetheSimulation {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final int pairs = (given.number("phones", 1_000) + 1) / 2;
    private final int phones = 2 * pairs;
    private final int seconds = given.number("seconds", 10);
    private final int stay = given.number("stay", 5);
    private final int p99 = given.number("p99", 20_000);
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Span coming = new Span();

    public ConnectStorm() {
        town.settle(pairs, Habits.of(1));
        Verdict verdict = Verdict.on(town).that("all connected at once", () -> most.get() == phones);
        setUp(storm().injectOpen(rampUsers(phones).during(seconds)).andThen(verdict.population()))
                .protocols(Sockets.to(Parameters.broker()))
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("welcome").responseTime().percentile4().lt(p99));
    }

    private ScenarioBuilder storm() {
        return scenario("storm")
                .exec(feed(Sockets.phones(town.phones())), does(phone -> coming.mark()), connect(1))
                .exec(does(phone -> arrived()))
                .exec(asLongAsDuring(session -> most.get() < phones, longest()).on(pause(LOOK_AGAIN)))
                .exec(pause(Duration.ofSeconds(stay)))
                .exec(exec(listen())
                        .exec(say("ping", Phone::ping).await(PATIENCE).on(heard("pong", Phone::hasPong))))
                .exec(does(phone -> connected.decrementAndGet()))
                .exec(finish());
    }

    /** Who came first waits for who comes last. */
    private Duration longest() {
        return Duration.ofSeconds(seconds).plus(PATIENCE);
    }

    private void arrived() {
        coming.mark();
        most.accumulateAndGet(connected.incrementAndGet(), Math::max);
    }

    @Override
    void summarize(Summary summary) {
        summary.with("connected_at_once", most.get())
                .with("connected_per_s", coming.perSecond(most.get()))
                .publish();
    }
}
