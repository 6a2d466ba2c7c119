package lethe.core.receipt;

import java.util.Locale;

/** The states of a message for one device. Every state but {@link #HELD} is terminal. */
public enum ReceiptState {
    /** In the broker's custody: durably stored, waiting for the recipient's device. */
    HELD,
    /** The recipient's device acknowledged it. */
    DELIVERED,
    /** Its lifetime ended first. */
    EXPIRED,
    /** Withdrawn by its sender, or by the recipient's actor at the deadline. */
    REVOKED,
    /** The recipient does not take it: not opted in, opted out, or blocking. They cannot be told apart. */
    REJECTED,
    /** The recipient's device could not open it. */
    UNDECRYPTABLE,
    /** The broker can no longer produce it; the sender offers it anew under the same id. */
    LOST,
    /** The gateway's SMS reached the phone. */
    SMS_DELIVERED,
    /** The gateway's SMS failed. */
    SMS_FAILED,
    /** Nobody knows what became of the gateway's SMS. */
    SMS_UNKNOWN;

    public boolean isTerminal() {
        return this != HELD;
    }

    /** Whether a message in this state may move to the other: only from {@link #HELD}, and only to an end. */
    public boolean mayBecome(ReceiptState next) {
        return this == HELD && next.isTerminal();
    }

    /** The word on the wire, for example {@code sms_failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state for a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ReceiptState ofWord(String word) {
        for (ReceiptState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("not a receipt state");
    }
}
