package lethe.broker;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures (RFC 8032) by Bouncy Castle, at about an eighth of what Java's own verification costs: a
 * phone that connects is verified once, and that was more than all else that connecting takes.
 *
 * <p>A Java security provider with this one service, in front of the others. Everything else, signing included, stays
 * with Java's.
 */
final class FastSignatures extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "LetheEd25519";

    private FastSignatures() {
        super(NAME, "1", "verifies Ed25519 signatures");
        put("Signature.Ed25519", Verifier.class.getName());
    }

    /** For this Java process; once. */
    static void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new FastSignatures(), 1);
        }
    }

    /** Made by Java's security framework. */
    public static final class Verifier extends SignatureSpi {
        private byte[] key = {};
        private byte[] message = {};
        private int length;

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            byte[] encoded = publicKey.getEncoded();
            if (!(publicKey instanceof EdECPublicKey) || encoded == null || encoded.length < Ed25519.PUBLIC_KEY_SIZE) {
                throw new InvalidKeyException("not an Ed25519 key");
            }
            key = Arrays.copyOfRange(encoded, encoded.length - Ed25519.PUBLIC_KEY_SIZE, encoded.length);
            length = 0;
        }

        /** So Java asks the next provider. */
        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            throw new InvalidKeyException("this verifies only");
        }

        @Override
        protected void engineUpdate(byte b) {
            engineUpdate(new byte[] {b}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int count) {
            if (message.length - length < count) {
                message = Arrays.copyOf(message, Math.max(2 * message.length, length + count));
            }
            System.arraycopy(bytes, offset, message, length, count);
            length += count;
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            int count = length;
            length = 0;
            return signature.length == Ed25519.SIGNATURE_SIZE
                    && Ed25519.verify(signature, 0, key, 0, message, 0, count);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            throw new SignatureException("this verifies only");
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
