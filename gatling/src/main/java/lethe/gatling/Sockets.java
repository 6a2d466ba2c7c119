package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.WsFrameCheck;
import io.gatling.javaapi.http.WsSendBinaryActionBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import lethe.gatling.phone.Pair;
import lethe.gatling.phone.Phone;
import lethe.gatling.phone.Progress;
import lethe.wire.Encoding;

/**
 * A phone's socket in Gatling's words.
 *
 * <p>A broker speaks unasked, while Gatling hears only what somebody waits for, and forgets the rest when something is
 * sent. So the phone itself listens: to every frame while a check waits, because its {@link #heard condition} passes
 * the frame on first; and to those that came in between by {@link #listen}, which stands directly before each frame
 * that is sent when something may have come. Gatling does both on the one event loop of the socket and its user, so
 * nothing slips through.
 */
final class Sockets {
    /** How long a broker may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long one phone waits for another. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** The session attributes that a feeder sets. */
    private static final String PHONE = "phone";

    private static final String PEER = "peer";

    /** Messages that may come between two frames of a phone. */
    private static final int UNHEARD = 4_096;

    private Sockets() {}

    static HttpProtocolBuilder to(URI broker) {
        return http.baseUrl(broker.toString())
                .wsBaseUrl(broker.toString().replaceFirst("^http", "ws"))
                .wsUnmatchedInboundMessageBufferSize(UNHEARD)
                .disableWarmUp();
    }

    static Phone phone(Session session) {
        return session.<Phone>get(PHONE);
    }

    private static Phone peer(Session session) {
        return session.<Phone>get(PEER);
    }

    /** Hands each virtual user a phone. */
    static FeederBuilder<?> phones(List<Phone> phones) {
        return listFeeder(phones.stream()
                .map(phone -> Map.<String, Object>of(PHONE, phone))
                .toList());
    }

    /** Hands each virtual user a sender. */
    static FeederBuilder<?> senders(List<Pair> pairs) {
        return listFeeder(pairs.stream()
                .map(pair -> Map.<String, Object>of(PHONE, pair.sender(), PEER, pair.recipient()))
                .toList());
    }

    /** Hands each virtual user a recipient. */
    static FeederBuilder<?> recipients(List<Pair> pairs) {
        return listFeeder(pairs.stream()
                .map(pair -> Map.<String, Object>of(PHONE, pair.recipient(), PEER, pair.sender()))
                .toList());
    }

    /** What a phone does beside its socket. */
    static ChainBuilder does(Consumer<Phone> something) {
        return exec(session -> {
            something.accept(phone(session));
            return session;
        });
    }

    /**
     * Challenge, hello, welcome. Who is not let in does nothing more.
     *
     * @param credit how many messages may be under way to the phone
     */
    static ChainBuilder connect(int credit) {
        return open(credit).exec(hello()).exitHereIfFailed();
    }

    /** As {@link #connect}, and then waits for something else before anything is sent. */
    static ChainBuilder connect(int credit, Duration patience, WsFrameCheck... next) {
        return open(credit).exec(hello().await(patience).on(next)).exitHereIfFailed();
    }

    private static ChainBuilder open(int credit) {
        return does(phone -> phone.opens(credit))
                .exec(ws("connect")
                        .connect("/v1/socket")
                        .subprotocol(Encoding.CBOR.subProtocol())
                        .await(PATIENCE)
                        .on(heard("challenge", Phone::isChallenged)))
                .exitHereIfFailed();
    }

    private static WsSendBinaryActionBuilder hello() {
        return say("hello", Phone::hello).await(PATIENCE).on(heard("welcome", Phone::isWelcome));
    }

    /** Sends a frame. */
    static WsSendBinaryActionBuilder say(String name, Function<Phone, byte[]> frame) {
        return ws(name).sendBytes(session -> frame.apply(phone(session)));
    }

    /** Waits until the phone has heard something; a refusal for good, or a frame that is out of place, is a failure. */
    static WsFrameCheck.Binary heard(String name, Predicate<Phone> what) {
        return ws.checkBinaryMessage(name)
                .matching(bodyBytes()
                        .transformWithSession((bytes, session) -> {
                            Phone phone = phone(session);
                            phone.hear(bytes);
                            return what.test(phone) || !phone.complaint().isEmpty();
                        })
                        .is(true))
                .check(bodyBytes()
                        .transformWithSession((bytes, session) -> phone(session).complaint())
                        .is(""));
    }

    /** Hears what has come while nobody waited. */
    static ActionBuilder listen() {
        return ws.processUnmatchedMessages(Sockets::hear);
    }

    private static Session hear(List<WsInboundMessage> messages, Session session) {
        for (WsInboundMessage message : messages) {
            if (message instanceof WsInboundMessage.Binary binary) {
                phone(session).hear(binary.message());
            }
        }
        return session;
    }

    /** The phone has come so far. */
    static ChainBuilder reach(Progress step) {
        return does(phone -> phone.reach(step));
    }

    /** Leaves, for now. */
    static ActionBuilder close() {
        return ws("close").close();
    }

    /** Leaves for good. A phone that has met with a failure on its way does not count as having come to its end. */
    static ChainBuilder finish() {
        return exec(listen()).exec(close()).exec(session -> {
            if (!session.isFailed() && phone(session).complaint().isEmpty()) {
                phone(session).reach(Progress.DONE);
            }
            return session;
        });
    }

    /**
     * Waits for the other phone of the pair. A recipient, for example, stays until its sender knows that all has
     * arrived: an acknowledgement right before the end of a socket may get lost with it.
     */
    static ChainBuilder untilPeer(Progress step) {
        return asLongAsDuring(session -> !peer(session).hasReached(step), LONGEST)
                .on(pause(LOOK_AGAIN));
    }

    /** Does something again and again until the other phone of the pair has come so far. */
    static ChainBuilder untilPeer(Progress step, ChainBuilder again) {
        return asLongAsDuring(session -> !peer(session).hasReached(step), LONGEST)
                .on(again);
    }

    /** Hears what comes until something is so, or for too long. */
    static ChainBuilder listenUntil(Predicate<Phone> is) {
        return asLongAsDuring(session -> !is.test(phone(session)), LONGEST)
                .on(pause(LOOK_AGAIN).exec(listen()));
    }

    /** Tells the broker that the phone knows how its messages ended, if the broker waits for that. */
    static ChainBuilder settle() {
        return asLongAs(session -> phone(session).outbox().hasUnsettled()).on(exec(say("settle", Phone::settlement)));
    }
}
