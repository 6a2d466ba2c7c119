package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static lethe.gatling.Sockets.PATIENCE;
import static lethe.gatling.Sockets.connect;
import static lethe.gatling.Sockets.does;
import static lethe.gatling.Sockets.finish;
import static lethe.gatling.Sockets.heard;
import static lethe.gatling.Sockets.listen;
import static lethe.gatling.Sockets.listenUntil;
import static lethe.gatling.Sockets.reach;
import static lethe.gatling.Sockets.say;
import static lethe.gatling.Sockets.settle;
import static lethe.gatling.Sockets.untilPeer;

import io.gatling.javaapi.core.ScenarioBuilder;
import java.util.List;
import lethe.gatling.phone.Habits;
import lethe.gatling.phone.Pair;
import lethe.gatling.phone.Phone;
import lethe.gatling.phone.Progress;
import lethe.gatling.phone.Span;

/**
 * Store and drain. All senders send at once to phones that are off, each as fast as the broker takes custody, and go.
 * Then all recipients come, and are given what waited; and the senders come back, and hear that all of it arrived.
 *
 * <p>Parameters: {@code pairs} (100), {@code messages} of each pair (50; the broker takes 250 of one sender for one
 * phone unless told otherwise), {@code ramp} in seconds in which each of the phases connects (2), {@code bytes} of a
 * body (256), {@code p99}: the highest tolerated, from send to {@code held}, in milliseconds (10,000).
 */
public final class OfflineBurst extends LetheSimulation {
    /** Enough for all that may wait for one phone. */
    private static final int CREDIT = 1_024;

    private final int pairs = given.number("pairs", 100);
    private final int messages = given.number("messages", 50);
    private final int ramp = given.number("ramp", 2);
    private final int bytes = given.number("bytes", 256);
    private final int p99 = given.number("p99", 10_000);
    private final List<Pair> neighbours = town.settle(pairs, Habits.of(bytes));
    private final Span storing = new Span();
    private final Span draining = new Span();

    public OfflineBurst() {
        Verdict verdict = Verdict.onMessages(town).that("nothing refused", () -> town.refused() == 0);
        setUp(burst().injectOpen(rampUsers(pairs).during(ramp))
                        .andThen(
                                drain().injectOpen(rampUsers(pairs).during(ramp)),
                                comeBack().injectOpen(atOnceUsers(pairs)).andThen(verdict.population())))
                .protocols(Sockets.to(Parameters.broker()))
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("held").responseTime().percentile4().lt(p99));
    }

    private ScenarioBuilder burst() {
        return scenario("burst")
                .exec(feed(Sockets.senders(neighbours)), connect(CREDIT))
                .exec(repeat(messages)
                        .on(exec(does(phone -> storing.mark()), exec(listen()))
                                .exec(say("send", phone -> phone.message(false))
                                        .await(PATIENCE)
                                        .on(heard(
                                                "held", phone -> phone.outbox().isAnswered())))))
                .exec(does(phone -> storing.mark()))
                .exec(Sockets.close());
    }

    private ScenarioBuilder drain() {
        return scenario("drain")
                .exec(feed(Sockets.recipients(neighbours)), does(phone -> draining.mark()))
                .exec(connect(CREDIT, PATIENCE, heard("drained", Phone::isDrained)))
                .exec(exec(listen()).exec(say("ack", Phone::acknowledgement)))
                .exec(does(phone -> draining.mark()))
                .exec(untilPeer(Progress.HEARD_ALL))
                .exec(finish());
    }

    private ScenarioBuilder comeBack() {
        return scenario("come back")
                .exec(feed(Sockets.senders(neighbours)), connect(CREDIT))
                .exec(exec(listen()).exec(say("watch", Phone::watch)))
                .exec(listenUntil(phone -> phone.outbox().isEmpty()))
                .exec(settle())
                .exec(reach(Progress.HEARD_ALL))
                .exec(finish());
    }

    @Override
    void summarize(Summary summary) {
        int stored = town.held();
        summary.with("held_per_s", storing.perSecond(stored))
                .with("drained_per_s", draining.perSecond(stored))
                .publish();
    }
}
