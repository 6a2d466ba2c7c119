package lethe.seal.crypto;

import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/** The sender's end of an HPKE context. Used by one thread; it does not print. */
public final class Outgoing {
    private final HPKEContextWithEncapsulation context;

    Outgoing(HPKEContextWithEncapsulation context) {
        this.context = context;
    }

    /** What the other end needs to agree. */
    public Opaque encapsulated() {
        return Opaque.wrap(context.getEncapsulation());
    }

    /** A secret of both ends for another use (RFC 9180, section 5.3). */
    public Opaque export(byte[] use, int length) {
        return Opaque.wrap(context.export(use, length));
    }

    /**
     * Encrypts the next message.
     *
     * @param header not encrypted, but not to be changed either
     */
    public Opaque seal(byte[] header, byte[] message) {
        try {
            return Opaque.wrap(context.seal(header, message));
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("only decryption finds a text invalid");
        }
    }

    @Override
    public String toString() {
        return "Outgoing[***]";
    }
}
