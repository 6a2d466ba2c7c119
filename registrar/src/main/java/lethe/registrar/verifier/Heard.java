package lethe.registrar.verifier;

/** What became of a text. */
enum Heard {
    /** It proves its sender's number. */
    PROVEN("proved a number"),
    /** It names no session that is open. */
    UNKNOWN("named no open session"),
    /** It names a session of another number than its sender's. */
    OTHER_SENDER("came from another number than their session's"),
    /** There are too many in this minute. */
    TOO_MANY("were sent back to the centre, as too many"),
    /** It is no text of a phone to the short code, or its sender's number is not international. */
    DROPPED("were no texts to the short code from an international number");

    private final String words;

    Heard(String words) {
        this.words = words;
    }

    /** For the operator, after a number of texts. */
    String words() {
        return words;
    }
}
