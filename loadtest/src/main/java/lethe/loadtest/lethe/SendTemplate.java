package lethe.loadtest.lethe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.loadtest.load.Payload;
import lethe.wire.Encoding;
import lethe.wire.Frames;

/**
 * The frame {@code send} with holes for what differs between the messages of one sender: made once by the codec, then
 * filled in. A message's id is eight random bytes of its sender, and its number.
 */
final class SendTemplate {
    /** Any number above these has the same width in CBOR. */
    private static final long REF_BASE = 1L << 40;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Filled in at first, and looked for: no two holes have the same. */
    private static final long ID_MARK = 0x1d1d_a5c3_5a3c_f00dL;

    private static final long AFTER_MARK = 0xaf7e_5a3c_a5c3_f00dL;
    private static final long BODY_MARK = 0xb0d1_c3a5_3c5a_f00dL;

    private final long salt;
    private final Form first;
    private final Form following;

    SendTemplate(Tag to, Payload payload) {
        this.salt = ThreadLocalRandom.current().nextLong();
        this.first = new Form(salt, to, payload, false);
        this.following = new Form(salt, to, payload, true);
    }

    /** The frame of a message whose predecessors have all ended. Good until the next call. */
    byte[] fill(long number) {
        return first.fill(number, 0);
    }

    /** The frame of a message with a predecessor. Good until the next call. */
    byte[] fill(long number, long after) {
        return following.fill(number, after);
    }

    /** Whether an id's first eight bytes are this sender's. */
    boolean isOurs(long firstHalf) {
        return firstHalf == salt;
    }

    /** The number of the message that a refusal names. */
    static long numberOfRef(long ref) {
        return ref - REF_BASE;
    }

    MessageId id(long number) {
        return id(salt, number);
    }

    private static MessageId id(long salt, long number) {
        byte[] bytes = new byte[MessageId.LENGTH];
        LONGS.set(bytes, 0, salt);
        LONGS.set(bytes, Long.BYTES, number);
        return new MessageId(Opaque.wrap(bytes));
    }

    @Override
    public String toString() {
        return "SendTemplate[***]";
    }

    /** One layout of the frame. */
    private static final class Form {
        private final byte[] frame;
        private final int ref;
        private final int id;
        private final int after;
        private final int body;

        Form(long salt, Tag to, Payload payload, boolean follows) {
            byte[] content = payload.template();
            LONGS.set(content, 0, BODY_MARK);
            frame = Frames.encode(
                    Encoding.CBOR,
                    new ClientFrame.Send(
                            REF_BASE,
                            SendTemplate.id(salt, ID_MARK),
                            to,
                            null,
                            null,
                            null,
                            null,
                            null,
                            follows ? SendTemplate.id(salt, AFTER_MARK) : null,
                            Opaque.wrap(content),
                            null));
            ref = hole(REF_BASE);
            id = hole(ID_MARK);
            after = follows ? hole(AFTER_MARK) : 0;
            body = hole(BODY_MARK);
        }

        private int hole(long mark) {
            for (int at = 0; at <= frame.length - Long.BYTES; at++) {
                if ((long) LONGS.get(frame, at) == mark) {
                    return at;
                }
            }
            throw new IllegalStateException("the codec writes a frame in another way");
        }

        byte[] fill(long number, long predecessor) {
            LONGS.set(frame, ref, REF_BASE + number);
            LONGS.set(frame, id, number);
            if (after > 0) {
                LONGS.set(frame, after, predecessor);
            }
            LONGS.set(frame, body, number);
            return frame;
        }
    }
}
