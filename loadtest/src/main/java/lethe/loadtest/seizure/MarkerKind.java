package lethe.loadtest.seizure;

/** What a marker stands for. */
public enum MarkerKind {
    CONTENT("content"),
    MESSAGE_ID("message_id"),
    RECIPIENT_TAG("recipient_tag"),
    SENDER_TAG("sender_tag"),
    DEVICE("device");

    private final String word;

    MarkerKind(String word) {
        this.word = word;
    }

    /** For figures. */
    public String word() {
        return word;
    }
}
