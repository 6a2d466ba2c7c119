package lethe.core.protocol;

/** Why a broker closes a socket: the close code (RFC 6455, section 7.4) and whether the phone should come back. */
public enum CloseReason {
    BYE(1000, true),
    RESTART(1012, true),
    PROTOCOL_ERROR(1002, true),
    NOT_UTF8(1007, true),
    POLICY(1008, true),
    TOO_BIG(1009, true),
    INTERNAL_ERROR(1011, true),
    OVERLOAD(1013, true),
    /** No device of the address made the proof in {@code hello}; whether anybody is there is not said. */
    NOT_AUTHENTIC(4401, false),
    /** A device that is on record, and no consent for the policy epoch in force: opt in before coming back. */
    NO_CONSENT(4403, false),
    /** No {@code hello} in time, or a phone that fell silent. */
    SILENT(4408, true),
    /** The same device connected elsewhere. */
    REPLACED(4409, false),
    /** The subscriber opted out. */
    ERASED(4410, false),
    /** The phone speaks no version that the broker knows. */
    UPGRADE(4426, false),
    TOO_MANY(4429, true);

    private final int code;
    private final boolean reconnect;

    CloseReason(int code, boolean reconnect) {
        this.code = code;
        this.reconnect = reconnect;
    }

    public int code() {
        return code;
    }

    /** Whether a phone that is closed for this reason should connect again, after back-off. */
    public boolean reconnect() {
        return reconnect;
    }

    /** Whether a phone that sees this code should connect again. Unknown codes and 1006 (no close frame) mean yes. */
    public static boolean reconnectAfter(int code) {
        for (CloseReason reason : values()) {
            if (reason.code == code) {
                return reason.reconnect;
            }
        }
        return true;
    }
}
