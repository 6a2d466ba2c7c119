package lethe.core.protocol;

import java.util.Locale;

/** What else whoever was refused can do: no refusal of a verifier is a wall without a door. */
public enum Alternative {
    /** The code that was sent still counts: submit it. */
    SUBMIT_CODE,
    /** Ask for the code once more. */
    REQUEST_CODE,
    /** Open another session. */
    OPEN_SESSION,
    /** Send the session's text to its short code. */
    SEND_TEXT;

    /** The word on the wire, for example {@code submit-code}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
