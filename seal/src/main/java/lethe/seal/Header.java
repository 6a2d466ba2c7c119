package lethe.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyId;

/**
 * What stands in clear at the beginning of an envelope.
 *
 * @param prekey of the recipient's device, to which it was sealed
 * @param encapsulated what the recipient needs to agree on the context
 */
record Header(Suite suite, PrekeyId prekey, Opaque encapsulated) {
    static final int VERSION = 1;
    /** Bytes before the encapsulated key: version, suite and prekey. */
    static final int FIXED = 6;

    private static final String CONTEXT = "lethe/1 envelope";

    static int length(Suite suite) {
        return FIXED + suite.encapsulated();
    }

    /** The header of an envelope that is long enough for one, whose version and suite were looked at. */
    static Header of(Suite suite, byte[] envelope) {
        return new Header(
                suite,
                new PrekeyId(ByteBuffer.wrap(envelope).getInt(2)),
                Opaque.wrap(Arrays.copyOfRange(envelope, FIXED, length(suite))));
    }

    /** What both ends of the context know: what it is for, and for whom. */
    static byte[] info(Tag recipient) {
        return Statement.of(CONTEXT).with(recipient.bytes()).toBytes();
    }

    byte[] bytes() {
        return ByteBuffer.allocate(length(suite))
                .put((byte) VERSION)
                .put((byte) suite.code())
                .putInt(prekey.bits())
                .put(encapsulated.shared())
                .array();
    }

    /**
     * What the sender's device signs: a secret that only this context has, so that the signature is worth nothing in
     * any other one; the header; and all that is said.
     */
    byte[] statement(Opaque exported, Opaque padded) {
        return Statement.of(CONTEXT)
                .with(exported)
                .with(Opaque.wrap(bytes()))
                .with(padded)
                .toBytes();
    }
}
