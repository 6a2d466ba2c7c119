package lethe.core.limit;

import java.util.List;
import java.util.Locale;

/**
 * The catalogue of a broker's limits: what is counted, for whom, and what is said when it is exhausted. The new request
 * is refused then, and the refusal names the limit by its {@link #word}; nothing that was taken before is dropped.
 */
public enum Limit {
    NODE_CONNECTIONS(
            Scope.NODE, "connections open, sockets included", "429, closed", "%s", "lethe.edge.connections.most"),
    PREFIX_CONNECTIONS(
            Scope.PREFIX,
            "of these from it",
            "429, closed",
            "%s times an address's",
            "lethe.edge.connections.prefix-factor"),
    ADDRESS_CONNECTIONS(
            Scope.ADDRESS, "of these from it", "429, closed", "%s", "lethe.edge.connections.most-per-address"),
    PREFIX_REQUESTS(
            Scope.PREFIX,
            "requests, a socket's opening included",
            "429",
            "%s times an address's",
            "lethe.edge.connections.prefix-factor"),
    ADDRESS_REQUESTS(
            Scope.ADDRESS,
            "requests, a socket's opening included",
            "429",
            Limit.RATE,
            "lethe.edge.connections.requests-per-second",
            "lethe.edge.connections.request-burst"),
    PREFIX_OPT_INS(
            Scope.PREFIX, "requests to opt in", "429", "%s times an address's", "lethe.edge.connections.prefix-factor"),
    ADDRESS_OPT_INS(
            Scope.ADDRESS,
            "requests to opt in",
            "429",
            Limit.RATE,
            "lethe.edge.connections.opt-ins-per-second",
            "lethe.edge.connections.opt-in-burst"),
    DEVICE_REQUESTS(
            Scope.DEVICE,
            "signed requests",
            "429",
            Limit.RATE,
            "lethe.edge.http.requests-per-second",
            "lethe.edge.http.request-burst"),
    DEVICE_NONCES(Scope.DEVICE, "signed requests remembered, so that none is used twice", "429", "4096 in 2 minutes"),
    CONNECTION_FRAMES(
            Scope.CONNECTION,
            "frames to others, and such as cannot be read",
            "`error` frame; 4429 for what cannot be read",
            Limit.RATE,
            "lethe.session.frames-per-second",
            "lethe.session.burst"),
    CONNECTION_OWN_FRAMES(
            Scope.CONNECTION, "frames about its own messages", "`error` frame, 4429", "10 times connection-frames"),
    CONNECTION_PINGS(
            Scope.CONNECTION,
            "pings and pongs",
            "closed with 1008",
            "%s a second",
            "lethe.edge.socket.control-frames-per-second"),
    CONNECTION_UNREAD(
            Scope.CONNECTION,
            "bytes for a phone that does not read",
            "closed with 1013",
            "%s",
            "lethe.edge.socket.unread-bound"),
    SENDS_TO_ONE(
            Scope.PAIR,
            "messages of one subscriber to another",
            "429 or `error` frame",
            Limit.RATE,
            "lethe.subscriber.sends-per-second",
            "lethe.subscriber.send-burst"),
    REPORTED_SENDS(
            Scope.SUBSCRIBER,
            "messages of a subscriber whom enough others have reported",
            "429 or `error` frame",
            "%s a minute",
            "lethe.reports.sends-per-minute"),
    DEVICE_QUEUE(
            Scope.DEVICE,
            "messages that wait for it",
            "429 or `error` frame, `queue-full`",
            "%s, or %s",
            "lethe.queue.messages",
            "lethe.queue.bytes"),
    SENDER_SHARE(
            Scope.PAIR,
            "of these from one sender",
            "429 or `error` frame, `sender-share`",
            "a part in %s of them",
            "lethe.queue.share-divisor"),
    SUBSCRIBER_RECEIPTS(
            Scope.SUBSCRIBER,
            "ends of messages that their senders have not settled",
            "429 or `error` frame, `queue-full`",
            "10000"),
    SUBSCRIBER_BLOCKS(Scope.SUBSCRIBER, "addresses blocked", "409, `list-full`", "1000"),
    ACCOUNT_DEVICES(Scope.SUBSCRIBER, "devices on its account's list", "400, `malformed`", "10"),
    PIN_PACE(Scope.SUBSCRIBER, "tries at its PIN after a wrong one", "429", "after 1 minute, 10, 1 hour, 6 hours"),
    PIN_TRIES(Scope.SUBSCRIBER, "wrong PINs, until a device sets one anew", "403, `pin-wrong`", "5"),
    DEVICE_PREKEYS(Scope.DEVICE, "one-time prekeys that are kept for it", "409, `prekeys-full`", "100"),
    ONE_TIME_PREKEYS(
            Scope.PAIR,
            "prekey bundles that have one-time prekeys",
            "last-resort prekeys instead",
            "20 at once, then one in 3 minutes");

    private static final String RATE = "%s a second, %s at once";

    private final Scope scope;
    private final String counted;
    private final String refusal;
    private final String bound;
    private final String keys;

    Limit(Scope scope, String counted, String refusal, String bound, String... keys) {
        this.scope = scope;
        this.counted = counted;
        this.refusal = refusal;
        this.bound = bound;
        this.keys = String.join(" ", keys);
    }

    /** Whom a limit is for: each of these has its own count. */
    public enum Scope {
        NODE,
        /** The /24 of an IPv4 address, the /48 of an IPv6 one. */
        PREFIX,
        /** An IPv4 address, the /64 of an IPv6 one. */
        ADDRESS,
        CONNECTION,
        DEVICE,
        SUBSCRIBER,
        /** A sender and a recipient. */
        PAIR;

        /** As operators read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its name, for example {@code address-requests}: in refusals, metrics and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Scope scope() {
        return scope;
    }

    /** What is counted. */
    public String counted() {
        return counted;
    }

    /** What the one who exceeds it hears. */
    public String refusal() {
        return refusal;
    }

    /**
     * The settings that make the bound, in the order in which {@link #bound} takes their values; none if it is fixed.
     */
    public List<String> keys() {
        return keys.isEmpty() ? List.of() : List.of(keys.split(" ", -1));
    }

    /**
     * The bound, for people.
     *
     * @param values of the {@link #keys}
     */
    public String bound(List<String> values) {
        return String.format(Locale.ROOT, bound, values.toArray());
    }
}
