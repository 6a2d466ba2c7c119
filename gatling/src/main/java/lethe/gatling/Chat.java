package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static lethe.gatling.Sockets.PATIENCE;
import static lethe.gatling.Sockets.connect;
import static lethe.gatling.Sockets.does;
import static lethe.gatling.Sockets.finish;
import static lethe.gatling.Sockets.heard;
import static lethe.gatling.Sockets.listen;
import static lethe.gatling.Sockets.phone;
import static lethe.gatling.Sockets.reach;
import static lethe.gatling.Sockets.say;
import static lethe.gatling.Sockets.settle;
import static lethe.gatling.Sockets.untilPeer;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.WsFrameCheck;
import io.gatling.javaapi.http.WsSendBinaryActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import lethe.gatling.phone.Pair;
import lethe.gatling.phone.Phone;
import lethe.gatling.phone.Progress;

/**
 * Pairs that chat while both are connected: send, deliver, acknowledge, receipt. A sender has one message under way,
 * and sends at its own pace; what it sends late counts from when it was due.
 */
final class Chat {
    private static final int CREDIT = 64;

    private final List<Pair> pairs;
    private final Duration time;
    private final Duration interval;

    /**
     * A chat of some pairs.
     *
     * @param time how long they send
     * @param interval between two messages of one pair
     */
    Chat(List<Pair> pairs, Duration time, Duration interval) {
        this.pairs = pairs;
        this.time = time;
        this.interval = interval;
    }

    /** Each acknowledges what comes, until the last message has come. */
    ScenarioBuilder recipients() {
        return scenario("recipients")
                .exec(feed(Sockets.recipients(pairs)), connect(CREDIT, longest(), news()))
                .exec(asLongAs(session -> !phone(session).inbox().hasLast())
                        .on(exec(acknowledge().await(longest()).on(news()))))
                .exec(acknowledge())
                .exec(untilPeer(Progress.HEARD_ALL))
                .exec(finish());
    }

    private static WsSendBinaryActionBuilder acknowledge() {
        return say("ack", Phone::acknowledgement);
    }

    /** Silent: how long a recipient waits for the next message is the sender's affair. */
    private static WsFrameCheck news() {
        return heard("deliver", phone -> phone.inbox().hasNews()).silent();
    }

    private Duration longest() {
        return time.plus(interval).plus(PATIENCE).plus(PATIENCE);
    }

    /** Each sends for the given time, once its recipient is there. */
    ScenarioBuilder senders() {
        return scenario("senders")
                .exec(feed(Sockets.senders(pairs)), connect(CREDIT))
                .exec(untilPeer(Progress.CONNECTED))
                .exec(does(phone -> phone.beginsToSend(partOf(interval))))
                .exec(during(time, false)
                        .on(exec(pause(session -> phone(session).untilDue()), sendDue())))
                .exec(exec(listen()).exec(receipt(say("send", phone -> phone.message(true)))))
                .exec(settle())
                .exec(reach(Progress.HEARD_ALL))
                .exec(finish());
    }

    private static ChainBuilder sendDue() {
        return exec(listen()).exec(receipt(say("send", Phone::dueMessage)));
    }

    private static WsSendBinaryActionBuilder receipt(WsSendBinaryActionBuilder send) {
        return send.await(PATIENCE).on(heard("receipt", phone -> phone.outbox().isEmpty()));
    }

    private static Duration partOf(Duration interval) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(interval.toNanos() + 1));
    }
}
