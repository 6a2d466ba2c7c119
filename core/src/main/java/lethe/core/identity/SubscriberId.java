package lethe.core.identity;

import java.nio.ByteBuffer;

/**
 * What a subscriber is called inside the broker and on its disk: 32 bytes, an HMAC of the tag.
 *
 * <p>Worthless outside this installation and without its identity key, so it may stand in actor paths and tables.
 * Immutable, equal by value.
 */
public final class SubscriberId {
    private final Opaque bytes;

    /** Written once, since every message to the subscriber is addressed with it. */
    private final String text;

    /**
     * Of the given bytes.
     *
     * @param bytes 32 bytes
     */
    public SubscriberId(Opaque bytes) {
        if (bytes.length() != SubscriberIds.LENGTH) {
            throw new IllegalArgumentException("a subscriber id has " + SubscriberIds.LENGTH + " bytes");
        }
        this.bytes = bytes;
        this.text = bytes.toText();
    }

    /**
     * From {@link #toText()}.
     *
     * @throws IllegalArgumentException if it is not the text of 32 bytes
     */
    public static SubscriberId fromText(String text) {
        return new SubscriberId(Opaque.fromText(text));
    }

    public Opaque bytes() {
        return bytes;
    }

    /** Base64url, 43 characters: the entity id. */
    public String toText() {
        return text;
    }

    /**
     * The first 64 bits, never 0: tells it from the others of its installation, where 32 bytes are too many to compare
     * for each message.
     */
    public long label() {
        long first = ByteBuffer.wrap(bytes.shared()).getLong();
        return first == 0 ? 1 : first;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriberId that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
