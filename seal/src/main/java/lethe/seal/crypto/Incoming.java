package lethe.seal.crypto;

import java.util.Optional;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;

/** The recipient's end of an HPKE context. Used by one thread; it does not print. */
public final class Incoming {
    private final HPKEContext context;

    Incoming(HPKEContext context) {
        this.context = context;
    }

    /** A secret of both ends for another use (RFC 9180, section 5.3). */
    public Opaque export(byte[] use, int length) {
        return Opaque.wrap(context.export(use, length));
    }

    /** Decrypts the next message; empty if it, or its header, is not what was sealed in this context. */
    public Optional<Opaque> open(byte[] header, byte[] sealed) {
        if (sealed.length < Suite.TAG) {
            return Optional.empty();
        }
        try {
            return Optional.of(Opaque.wrap(context.open(header, sealed)));
        } catch (InvalidCipherTextException notSealedHere) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Incoming[***]";
    }
}
