package lethe.core.block;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import org.jspecify.annotations.Nullable;

/**
 * From whom a subscriber takes no messages: of each a mark of 64 bits, HMAC-SHA-256 (RFC 2104) under a key of the
 * subscriber's own. Immutable, equal by value. Prints how many there are.
 *
 * <p>Whoever has the key can try whether somebody is blocked; nobody can read from the marks who is.
 */
public final class Blocks {
    /** As many as are kept: 8 kB. */
    public static final int MOST = 1_000;

    public static final int KEY_LENGTH = 32;

    /** Nobody is blocked, and nothing is to be stored. */
    public static final Blocks NONE = new Blocks(Opaque.empty(), new long[0]);

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte MARK = 1;
    private static final byte NOWHERE = 2;

    private final Opaque key;
    private final long[] marks;
    private @Nullable Mac mac;

    private Blocks(Opaque key, long[] marks) {
        this.key = key;
        this.marks = marks;
    }

    /**
     * As they were kept.
     *
     * @param key {@value #KEY_LENGTH} bytes
     * @param marks 8 bytes each
     * @throws IllegalArgumentException if these are no marks, or too many
     */
    public static Blocks of(Opaque key, Opaque marks) {
        int count = marks.length() / Long.BYTES;
        if (key.length() != KEY_LENGTH || marks.length() % Long.BYTES != 0 || count > MOST) {
            throw new IllegalArgumentException("no list of blocks");
        }
        long[] all = new long[count];
        ByteBuffer.wrap(marks.shared()).asLongBuffer().get(all);
        Arrays.sort(all);
        return new Blocks(key, all);
    }

    public int size() {
        return marks.length;
    }

    public boolean isEmpty() {
        return marks.length == 0;
    }

    public Opaque key() {
        return key;
    }

    /** All marks, 8 bytes each, in the order of their values. */
    public Opaque marks() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * marks.length);
        bytes.asLongBuffer().put(marks);
        return Opaque.wrap(bytes.array());
    }

    /**
     * Whether nothing is taken from a sender.
     *
     * @param sender its {@link SubscriberId#label}
     */
    public boolean isBlocked(long sender) {
        return marks.length > 0 && Arrays.binarySearch(marks, mark(sender)) >= 0;
    }

    /**
     * The same with one more, and no longer than {@link #MOST}: whoever asks has looked at {@link #size}.
     *
     * @param fresh random bytes, used as the key of the first
     */
    public Blocks with(long sender, Opaque fresh) {
        if (isEmpty()) {
            return with(new Blocks(fresh, marks), sender);
        }
        return isBlocked(sender) ? this : with(this, sender);
    }

    private static Blocks with(Blocks blocks, long sender) {
        long[] more = Arrays.copyOf(blocks.marks, blocks.marks.length + 1);
        more[blocks.marks.length] = blocks.mark(sender);
        Arrays.sort(more);
        return new Blocks(blocks.key, more);
    }

    /** The same without one; with the last one its key goes too. */
    public Blocks without(long sender) {
        if (!isBlocked(sender)) {
            return this;
        }
        long mark = mark(sender);
        long[] fewer = Arrays.stream(marks).filter(other -> other != mark).toArray();
        return fewer.length == 0 ? NONE : new Blocks(key, fewer);
    }

    /** A subscriber that nobody is, always the same for one sender: its messages lead there instead. */
    public SubscriberId nowhere(long sender) {
        return new SubscriberId(Opaque.wrap(hmac(NOWHERE, sender)));
    }

    private long mark(long sender) {
        return ByteBuffer.wrap(hmac(MARK, sender)).getLong();
    }

    private byte[] hmac(byte use, long sender) {
        Mac keyed = mac;
        if (keyed == null) {
            keyed = keyed();
            mac = keyed;
        }
        return keyed.doFinal(
                ByteBuffer.allocate(1 + Long.BYTES).put(use).putLong(sender).array());
    }

    private Mac keyed() {
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(new SecretKeySpec(key.shared(), ALGORITHM));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blocks that && key.equals(that.key) && Arrays.equals(marks, that.marks);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(marks);
    }

    @Override
    public String toString() {
        return "Blocks[" + marks.length + "]";
    }
}
