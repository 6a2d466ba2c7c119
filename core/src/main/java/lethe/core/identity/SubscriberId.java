package lethe.core.identity;

/**
 * What a subscriber is called inside the broker and on its disk: 32 bytes, an HMAC of the tag.
 *
 * <p>Worthless outside this installation and without its identity key, so it may stand in actor paths and tables.
 *
 * @param bytes 32 bytes
 */
public record SubscriberId(Opaque bytes) {
    public SubscriberId {
        if (bytes.length() != SubscriberIds.LENGTH) {
            throw new IllegalArgumentException("a subscriber id has " + SubscriberIds.LENGTH + " bytes");
        }
    }

    /**
     * From {@link #toText()}.
     *
     * @throws IllegalArgumentException if it is not the text of 32 bytes
     */
    public static SubscriberId fromText(String text) {
        return new SubscriberId(Opaque.fromText(text));
    }

    /** Base64url, 43 characters: the entity id. */
    public String toText() {
        return bytes.toText();
    }

    @Override
    public String toString() {
        return toText();
    }
}
