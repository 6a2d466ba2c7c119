package lethe.seal;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Hpke;
import lethe.seal.crypto.Outgoing;
import lethe.seal.crypto.Signer;
import lethe.seal.form.FieldWriter;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.PrekeySecret;

/** Makes envelopes as no sealer does: with somebody else's signature, or with anything inside. */
final class Forger {
    private static final int BUCKET = 512;

    private Forger() {}

    /** What somebody signed for this recipient, as it is, for another one. */
    static Opaque reseal(Opaque envelope, PrekeySecret secret, Tag own, CheckedPrekey to, RandomGenerator random) {
        Header header = Header.of(secret.suite(), envelope.shared());
        int clear = Header.length(secret.suite());
        Opaque signed = secret.receive(header.encapsulated(), Header.info(own))
                .orElseThrow()
                .open(header.bytes(), Arrays.copyOfRange(envelope.shared(), clear, envelope.length()))
                .orElseThrow();
        Outgoing context = context(to, random);
        return seal(context, header(to, context), signed);
    }

    /** With whatever inside, signed by a device for this envelope. */
    static Opaque seal(CheckedPrekey to, Opaque padded, Signer signer, RandomGenerator random) {
        Outgoing context = context(to, random);
        Header header = header(to, context);
        Opaque exported = context.export(Sealer.SIGNATURE_USE, Sealer.EXPORTED);
        Opaque signature = signer.sign(header.statement(exported, padded));
        return seal(
                context,
                header,
                Opaque.wrap(new FieldWriter().raw(signature).raw(padded).toBytes()));
    }

    static Opaque said(DeviceCertificate sender, Opaque letter, int padding) {
        FieldWriter out = new FieldWriter();
        sender.writeTo(out);
        return padded(out.raw(letter).toBytes(), padding);
    }

    static Opaque padded(byte[] said, int padding) {
        byte[] rest = new byte[BUCKET - Integer.BYTES - said.length];
        rest[rest.length - 1] = (byte) padding;
        return Opaque.wrap(new FieldWriter()
                .bytes(Opaque.wrap(said))
                .raw(Opaque.wrap(rest))
                .toBytes());
    }

    private static Outgoing context(CheckedPrekey to, RandomGenerator random) {
        return Hpke.send(to.prekey().suite(), to.prekey().key(), Header.info(to.tag()), random)
                .orElseThrow();
    }

    private static Header header(CheckedPrekey to, Outgoing context) {
        return new Header(to.prekey().suite(), to.prekey().id(), context.encapsulated());
    }

    private static Opaque seal(Outgoing context, Header header, Opaque signed) {
        return Opaque.wrap(new FieldWriter()
                .raw(Opaque.wrap(header.bytes()))
                .raw(context.seal(header.bytes(), signed.shared()))
                .toBytes());
    }
}
