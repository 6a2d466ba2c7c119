package lethe.loadtest.envelopes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Incoming;
import lethe.seal.crypto.Outgoing;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.Prekey;
import lethe.seal.prekey.PrekeySecret;

/**
 * A recipient who decrypts an envelope and encrypts the same, the sender's certificate and signature with it, for
 * somebody else. Written from the description of the form (docs/envelopes.md), as whoever does so would.
 */
final class Resealing {
    private static final int FIXED = 6;

    private Resealing() {}

    static Opaque of(Opaque envelope, PrekeySecret own, Tag ownTag, Prekey to, Tag toTag, RandomGenerator random) {
        Suite suite = own.suite();
        int header = FIXED + suite.encapsulated();
        byte[] clear = Arrays.copyOf(envelope.shared(), header);
        Opaque encapsulated = Opaque.wrap(Arrays.copyOfRange(clear, FIXED, header));
        Incoming context = own.receive(encapsulated, info(ownTag)).orElseThrow();
        Opaque signed = context.open(clear, Arrays.copyOfRange(envelope.shared(), header, envelope.length()))
                .orElseThrow();
        return seal(
                signed, to, Hpke.send(to.suite(), to.key(), info(toTag), random).orElseThrow());
    }

    private static Opaque seal(Opaque signed, Prekey to, Outgoing context) {
        byte[] header = ByteBuffer.allocate(FIXED + to.suite().encapsulated())
                .put((byte) 1)
                .put((byte) to.suite().code())
                .putInt(to.id().bits())
                .put(context.encapsulated().shared())
                .array();
        Opaque sealed = context.seal(header, signed.shared());
        return Opaque.wrap(ByteBuffer.allocate(header.length + sealed.length())
                .put(header)
                .put(sealed.shared())
                .array());
    }

    private static byte[] info(Tag recipient) {
        return Statement.of("lethe/1 envelope").with(recipient.bytes()).toBytes();
    }
}
