package lethe.seal;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.seal.content.Letter;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Outgoing;
import lethe.seal.crypto.Signatures;
import lethe.seal.crypto.Signer;
import lethe.seal.crypto.Suite;
import lethe.seal.form.FieldWriter;
import lethe.seal.prekey.CheckedPrekey;

/** A device that seals letters. Safe for use by many threads if its signer and its source of chance are. */
public final class Sealer {
    static final byte[] SIGNATURE_USE = {'s', 'i', 'g', 'n', 'a', 't', 'u', 'r', 'e'};
    static final int EXPORTED = 32;

    private final DeviceCertificate sender;
    private final Signer signer;
    private final RandomGenerator random;

    /**
     * A sealer for one device and one list of its account; another list wants another sealer.
     *
     * @param sender goes into each envelope
     * @param signer has the device's key
     * @param random a cryptographically strong source
     * @throws IllegalArgumentException if the signer has another key than the certificate
     */
    public Sealer(DeviceCertificate sender, Signer signer, RandomGenerator random) {
        if (!sender.itself().key().equals(signer.publicKey())) {
            throw new IllegalArgumentException("the certificate is of another device");
        }
        this.sender = sender;
        this.signer = signer;
        this.random = random;
    }

    /**
     * Seals a letter for one device.
     *
     * @param to used once if it is a one-time prekey
     */
    public Sealing seal(CheckedPrekey to, Letter letter) {
        Suite suite = to.prekey().suite();
        FieldWriter said = new FieldWriter();
        sender.writeTo(said);
        said.raw(letter.encode());
        OptionalInt bucket = Buckets.around(Integer.BYTES + said.length(), suite);
        if (bucket.isEmpty()) {
            return new Sealing.Unsealable(Sealing.Reason.TOO_LARGE);
        }
        Optional<Outgoing> context = Hpke.send(suite, to.prekey().key(), Header.info(to.tag()), random);
        if (context.isEmpty()) {
            return new Sealing.Unsealable(Sealing.Reason.NO_KEY);
        }
        return new Sealing.Sealed(seal(context.get(), to, pad(said, bucket.getAsInt())));
    }

    private Opaque seal(Outgoing context, CheckedPrekey to, Opaque padded) {
        Header header = new Header(to.prekey().suite(), to.prekey().id(), context.encapsulated());
        Opaque signature = signer.sign(header.statement(context.export(SIGNATURE_USE, EXPORTED), padded));
        if (signature.length() != Signatures.LENGTH) {
            throw new IllegalStateException("a signer that does not sign with Ed25519");
        }
        byte[] clear = header.bytes();
        byte[] signed = new FieldWriter().raw(signature).raw(padded).toBytes();
        return Opaque.wrap(new FieldWriter()
                .raw(Opaque.wrap(clear))
                .raw(context.seal(clear, signed))
                .toBytes());
    }

    private static Opaque pad(FieldWriter said, int bucket) {
        int zeros = bucket - Integer.BYTES - said.length();
        return Opaque.wrap(new FieldWriter()
                .u32(said.length())
                .raw(Opaque.wrap(said.toBytes()))
                .raw(Opaque.wrap(new byte[zeros]))
                .toBytes());
    }
}
