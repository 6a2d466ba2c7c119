package lethe.core.protocol;

import java.util.Locale;

/** The registry of refusals (RFC 9457, section 4): each has a type, an HTTP status and one meaning. */
public enum ProblemType {
    MALFORMED(400, false, "The request or frame cannot be read."),
    UNKNOWN_FIELD(400, false, "The request or frame has a field that this version does not know."),
    OUT_OF_TURN(400, false, "This frame is not allowed now."),
    BATCH_SIZE(400, false, "A batch has as many elements as one of the padded sizes."),
    NOT_AN_ELEMENT(400, false, "An element is no point of the group."),
    NOT_SEALED(400, false, "The request was not sealed to the key in force."),
    OTHER_TEXT(400, false, "The text is not the one that its hash names."),
    NOT_AUTHENTIC(401, false, "The signature does not hold."),
    REPLAYED(401, false, "This signature was used before, or is too old."),
    NO_CONSENT(403, false, "There is no consent for the policy epoch in force."),
    CONSENT_REFUSED(403, false, "The consent does not match the policy in force."),
    NOT_PROVEN(403, false, "Nobody that the broker believes has said that this number is yours."),
    PIN_WRONG(403, false, "The PIN is another one; 'limit' is how many tries are left."),
    WRONG_CODE(403, false, "The code is another one."),
    NO_GATEWAY(403, false, "This broker has no gateway: it has no SMS sent."),
    NOT_FOUND(404, false, "There is nothing here."),
    METHOD_NOT_ALLOWED(405, false, "This resource does not know that method."),
    NOT_ACCEPTABLE(406, false, "None of the accepted media types can be produced."),
    ID_REUSED(409, false, "This message id already stands for another message."),
    OUT_OF_ORDER(409, true, "The message named in 'after' is not known here; send from the oldest unresolved on."),
    DEVICES_DIFFER(409, false, "The recipient has other devices than the message names."),
    OTHER_DEVICE(409, false, "This device is not on the account's list."),
    OTHER_ACCOUNT(409, false, "This address belongs to another account."),
    STALE_LIST(409, false, "The account has a newer list of devices; 'limit' is its version."),
    ACCOUNT_WAITS(
            409, true, "Another account has this address; yours follows when the time is over, if it does not object."),
    PREKEY_IDS(409, false, "A prekey has an id that this device published before; 'limit' is the highest of them."),
    PREKEYS_FULL(409, true, "The device has prekeys left; 'limit' is how many are kept."),
    KEY_VERSION(409, false, "No key of this version is in force."),
    LIST_FULL(409, false, "The list is as long as it may be; 'limit' says how long that is."),
    OUTDATED_POLICY(409, false, "A policy with this epoch, or with a later one, is known already."),
    GONE(410, false, "It has already ended."),
    TOO_LARGE(413, false, "The body or frame is larger than the limit."),
    UNSUPPORTED_MEDIA_TYPE(415, false, "This media type is not understood."),
    UPGRADE_REQUIRED(426, false, "This resource is a WebSocket (RFC 6455)."),
    TOO_MANY_REQUESTS(429, true, "A rate limit is exhausted."),
    QUEUE_FULL(429, true, "The recipient's delivery queue is full."),
    SENDER_SHARE(429, true, "One sender's share of the recipient's delivery queue is full."),
    OVERLOADED(503, true, "Too busy now; custody stays with you."),
    STORE_DOWN(503, true, "The broker cannot store now; custody stays with you."),
    SMS_UNAVAILABLE(503, true, "No SMS can be sent now."),
    TAGGER_UNAVAILABLE(503, true, "No tag can be made now."),
    INTERNAL(500, true, "The server failed; custody stays with you.");

    private final int status;
    private final boolean retryable;
    private final String title;

    ProblemType(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    public String title() {
        return title;
    }

    /** The word on the wire, for example {@code queue-full}. The type URI is {@code /problems#} and this word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
