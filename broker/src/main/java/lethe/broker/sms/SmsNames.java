package lethe.broker.sms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;

/**
 * What subscribers are called towards a gateway, which must not learn who they are.
 *
 * <p>Safe for use by many threads.
 */
public final class SmsNames {
    /** Bytes of {@link #label}: version, nonce, and 32 bytes sealed by AES-256-GCM (NIST SP 800-38D). */
    public static final int LABEL = 61;

    private static final byte VERSION = 1;
    private static final int PAYER = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int SEALED = 1 + NONCE;

    private final SecretKeySpec labels;
    private final SecretKeySpec payers;
    private final SecureRandom random;

    private SmsNames(SecretKeySpec labels, SecretKeySpec payers, SecureRandom random) {
        this.labels = labels;
        this.payers = payers;
        this.random = random;
    }

    /**
     * All nodes of an installation use the same names.
     *
     * @param identityKey of the installation
     */
    public static SmsNames under(Opaque identityKey, SecureRandom random) {
        byte[] key = identityKey.shared();
        return new SmsNames(
                new SecretKeySpec(hmac(key, ascii("lethe sms label")), "AES"),
                new SecretKeySpec(hmac(key, ascii("lethe sms payer")), "HmacSHA256"),
                random);
    }

    /** Whose costs an SMS is: the same for all SMS of this sender, and nobody else's. */
    public Opaque payer(SubscriberId sender) {
        byte[] whole = hmac(payers.getEncoded(), sender.bytes().shared());
        return Opaque.wrap(Arrays.copyOf(whole, PAYER));
    }

    /** Whose message this is, sealed: another one each time, so that nobody sees that two are of one subscriber. */
    public Opaque label(MessageId message, SubscriberId recipient) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] label = new byte[LABEL];
        label[0] = VERSION;
        System.arraycopy(nonce, 0, label, 1, NONCE);
        byte[] plain = recipient.bytes().shared();
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, message).doFinal(plain, 0, plain.length, label, SEALED);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
        return Opaque.wrap(label);
    }

    /** Whose message it is; empty if the label is none of this installation's for this message. */
    public Optional<SubscriberId> recipient(MessageId message, Opaque label) {
        byte[] bytes = label.shared();
        if (bytes.length != LABEL || bytes[0] != VERSION) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(bytes, 1, SEALED), message);
            return Optional.of(new SubscriberId(Opaque.wrap(cipher.doFinal(bytes, SEALED, bytes.length - SEALED))));
        } catch (AEADBadTagException forged) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, MessageId message) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, labels, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(message.bytes().shared());
        return cipher;
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HmacSHA256", missing);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "SmsNames[***]";
    }
}
