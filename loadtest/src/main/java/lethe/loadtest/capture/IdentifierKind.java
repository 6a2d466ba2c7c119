package lethe.loadtest.capture;

/** What is looked for. */
public enum IdentifierKind {
    /** The numbers of the phones that register. */
    OWN_NUMBER("own_number"),
    IMSI("imsi"),
    IMEI("imei"),
    CARRIER("carrier"),
    CONTACT_NAME("contact_name"),
    CONTACT_NUMBER("contact_number"),
    /** The tags of contacts with whom nobody talked: that they were looked up at all. */
    CONTACT_TAG("contact_tag"),
    /** What the phones said to each other: sealed between them, and no identifier, but for nobody else either. */
    LETTER("letter");

    private final String word;

    IdentifierKind(String word) {
        this.word = word;
    }

    /** For figures. */
    public String word() {
        return word;
    }
}
