package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static lethe.gatling.Sockets.PATIENCE;
import static lethe.gatling.Sockets.connect;
import static lethe.gatling.Sockets.finish;
import static lethe.gatling.Sockets.heard;
import static lethe.gatling.Sockets.listen;
import static lethe.gatling.Sockets.listenUntil;
import static lethe.gatling.Sockets.reach;
import static lethe.gatling.Sockets.say;
import static lethe.gatling.Sockets.settle;
import static lethe.gatling.Sockets.untilPeer;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lethe.gatling.phone.Habits;
import lethe.gatling.phone.Pair;
import lethe.gatling.phone.Phone;
import lethe.gatling.phone.Progress;
import lethe.gatling.phone.Timings;

/**
 * Phones that take little and acknowledge late, or never, while others send them more than their share: the senders are
 * told {@code held} or refused, the chat of everybody else goes on, and in the end everything that was taken arrives,
 * once.
 *
 * <p>Parameters: {@code well}, {@code late}, {@code never}: pairs whose recipient is well (20), acknowledges late (10),
 * never (10); {@code delay} of the late ones, in seconds (2); {@code credit} of both (4); {@code burst}: messages that
 * each of them is sent every second (25); {@code rate}: messages a second of all well pairs together (40);
 * {@code seconds} (20); {@code bytes} of a body (256); {@code p99}: the highest tolerated of the well pairs, from send
 * to receipt, in milliseconds (5,000).
 */
public final class SlowPhones extends LetheSimulation {
    private static final int RAMP_SECONDS = 2;
    private static final Duration BREATH = Duration.ofSeconds(1);

    /** Enough for all that may wait for one phone. */
    private static final int CREDIT = 1_024;

    private final int well = given.number("well", 20);
    private final int late = given.number("late", 10);
    private final int never = given.number("never", 10);
    private final int delay = given.number("delay", 2);
    private final int credit = given.number("credit", 4);
    private final int burst = given.number("burst", 25);
    private final int rate = given.number("rate", 40);
    private final Duration time = Duration.ofSeconds(given.number("seconds", 20));
    private final int bytes = given.number("bytes", 256);
    private final int p99 = given.number("p99", 5_000);

    private final Timings slowTimings = new Timings("slow_");

    public SlowPhones() {
        Duration interval = Duration.ofSeconds(well).dividedBy(rate);
        Chat chat = new Chat(town.settle(well, new Habits(bytes, interval)), time, interval);
        List<Pair> lateOnes = town.settle(late, Habits.of(bytes), slowTimings);
        List<Pair> silentOnes = town.settle(never, Habits.of(bytes), slowTimings);
        List<Pair> slowOnes =
                Stream.of(lateOnes, silentOnes).flatMap(List::stream).toList();
        ChainBuilder acknowledge = exec(listen()).exec(say("ack late", Phone::acknowledgement));
        setUp(
                        come(chat.recipients(), well),
                        come(chat.senders(), well),
                        come(slow("late", lateOnes, acknowledge), late),
                        come(slow("never", silentOnes, exec(listen())), never),
                        come(sendersTo(slowOnes), late + never)
                                .andThen(Verdict.onMessages(town).population()))
                .protocols(Sockets.to(Parameters.broker()))
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("receipt").responseTime().percentile4().lt(p99));
    }

    private static PopulationBuilder come(ScenarioBuilder scenario, int phones) {
        return scenario.injectOpen(rampUsers(phones).during(RAMP_SECONDS));
    }

    /** Slow until the sender has said all; then it comes back, is well, and takes everything. */
    private ScenarioBuilder slow(String name, List<Pair> pairs, ChainBuilder turn) {
        return scenario(name)
                .exec(feed(Sockets.recipients(pairs)), connect(credit))
                .exec(untilPeer(Progress.SAID_ALL, exec(turn).pause(Duration.ofSeconds(delay))))
                .exec(Sockets.close())
                .exec(connect(CREDIT, PATIENCE, heard("drained", Phone::isDrained)))
                .exec(exec(listen()).exec(say("ack", Phone::acknowledgement)))
                .exec(untilPeer(Progress.HEARD_ALL))
                .exec(finish());
    }

    /** Wait for no answer between one message and the next. */
    private ScenarioBuilder sendersTo(List<Pair> slowOnes) {
        return scenario("senders to the slow")
                .exec(feed(Sockets.senders(slowOnes)), connect(CREDIT), untilPeer(Progress.CONNECTED))
                .exec(during(time, false)
                        .on(repeat(burst)
                                .on(exec(listen()).exec(say("send to the slow", phone -> phone.message(false))))
                                .pause(BREATH)))
                .exec(listenUntil(phone -> phone.outbox().isAnswered()))
                .exec(reach(Progress.SAID_ALL))
                .exec(listenUntil(phone -> phone.outbox().isEmpty()))
                .exec(settle())
                .exec(reach(Progress.HEARD_ALL))
                .exec(finish());
    }

    @Override
    void summarize(Summary summary) {
        summary.with(slowTimings.figures()).publish();
    }
}
