package lethe.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.crypto.Incoming;
import lethe.seal.crypto.Signatures;
import lethe.seal.crypto.Suite;
import lethe.seal.form.FieldReader;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.PrekeyStore;
import lethe.seal.prekey.PrekeyUse;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * A device that opens envelopes. Takes whatever bytes a broker hands it, and never throws. Safe for use by many
 * threads: of two that open the same envelope at once, one does.
 *
 * <p>In this order: form, prekey, decryption, the device's signature, the account's signature, what is pinned, the
 * letter, whether it was seen. So nothing of a letter is looked at before it is known whose it is, and nobody but a
 * sender that is believed can use a prekey up.
 *
 * <p>In two steps, for whoever has to find out more about the sender, or to write the letter down, in between:
 * {@link #examine} changes nothing and may be asked again at any time; {@link #take} uses the prekey up.
 */
public final class Opener {
    private final Tag own;
    private final PrekeyStore prekeys;
    private final Pins pins;

    /**
     * An opener for one device.
     *
     * @param own the address of its account
     * @param pins its own account among them: nobody is a stranger under one's own address
     */
    public Opener(Tag own, PrekeyStore prekeys, Pins pins) {
        this.own = own;
        this.prekeys = prekeys;
        this.pins = pins;
    }

    /** Opens an envelope, and uses up what can be used once. */
    public Opening open(Opaque envelope) {
        Opening found = examine(envelope);
        return found instanceof Opening.Opened opened ? take(opened) : found;
    }

    /**
     * Opens an envelope, and uses nothing up: the same envelope gives the same answer until something is taken, or is
     * pinned, or a prekey goes. What was refused as another account's, or found to be a stranger's, may be examined
     * again when more is known of the address.
     */
    public Opening examine(Opaque envelope) {
        byte[] bytes = envelope.shared();
        if (bytes.length < Header.FIXED) {
            return unopenable(Opening.Reason.MALFORMED);
        }
        if (bytes[0] != Header.VERSION) {
            return unopenable(Opening.Reason.OTHER_VERSION);
        }
        Optional<Suite> suite = Suite.of(bytes[1] & 0xff);
        if (suite.isEmpty()) {
            return unopenable(Opening.Reason.OTHER_SUITE);
        }
        OptionalInt bucket = Buckets.within(bytes.length, suite.get());
        return bucket.isEmpty()
                ? unopenable(Opening.Reason.MALFORMED)
                : decrypt(
                        Header.of(suite.get(), bytes),
                        Arrays.copyOfRange(bytes, Header.length(suite.get()), bytes.length));
    }

    private Opening decrypt(Header header, byte[] sealed) {
        Optional<PrekeySecret> secret = prekeys.find(header.prekey());
        if (secret.isEmpty()) {
            return unopenable(Opening.Reason.NO_SUCH_PREKEY);
        }
        if (secret.get().suite() != header.suite()) {
            return unopenable(Opening.Reason.OTHER_SUITE);
        }
        Optional<Incoming> context = secret.get().receive(header.encapsulated(), Header.info(own));
        Optional<Opaque> opened = context.flatMap(agreed -> agreed.open(header.bytes(), sealed));
        if (context.isEmpty() || opened.isEmpty()) {
            return unopenable(Opening.Reason.NOT_FOR_US);
        }
        return read(header, secret.get(), context.get(), opened.get());
    }

    private Opening read(Header header, PrekeySecret secret, Incoming context, Opaque opened) {
        FieldReader in = new FieldReader(opened);
        Opaque signature = in.raw(Signatures.LENGTH);
        Opaque padded = in.rest();
        FieldReader said = said(padded);
        Optional<DeviceCertificate> sender = DeviceCertificate.read(said);
        if (sender.isEmpty()) {
            return unopenable(Opening.Reason.UNREADABLE);
        }
        byte[] statement = header.statement(context.export(Sealer.SIGNATURE_USE, Sealer.EXPORTED), padded);
        if (!Signatures.hold(sender.get().itself().key(), statement, signature)) {
            return unopenable(Opening.Reason.FORGED);
        }
        Trust trust = sender.get().judge(pins);
        if (trust instanceof Trust.Distrusted distrusted) {
            return distrusted.reason() == Trust.Reason.OTHER_ACCOUNT
                    ? new Opening.Unopenable(Opening.Reason.OTHER_ACCOUNT, sender)
                    : unopenable(reason(distrusted.reason()));
        }
        return read(secret, said, new Known(sender.get(), ((Trust.Trusted) trust).acquaintance()));
    }

    private Opening read(PrekeySecret secret, FieldReader said, Known sender) {
        boolean own = sender.certificate().tag().equals(this.own);
        if (own && sender.acquaintance() == Trust.Acquaintance.STRANGER) {
            return unopenable(Opening.Reason.OTHER_ACCOUNT);
        }
        Optional<Letter> letter = Letter.read(said);
        if (letter.isEmpty()) {
            return unopenable(Opening.Reason.UNREADABLE);
        }
        if (letter.get().content() instanceof Content.Copy && !own) {
            return unopenable(Opening.Reason.FOREIGN_COPY);
        }
        return unlessSeen(secret, sender, letter.get());
    }

    /** What was said, without padding; nothing if that is not as it should be. */
    private static FieldReader said(Opaque padded) {
        FieldReader in = new FieldReader(padded);
        FieldReader said = in.part(in.u32());
        for (byte pad : in.rest().shared()) {
            if (pad != 0) {
                said.refuse();
            }
        }
        return said;
    }

    private Opening unlessSeen(PrekeySecret secret, Known sender, Letter letter) {
        Opaque mark = secret.kind() == PrekeyKind.ONE_TIME ? null : mark(sender.certificate(), letter);
        Opening.Opened opened = new Opening.Opened(
                sender.certificate(), sender.acquaintance(), letter, new PrekeyUse(secret.id(), mark));
        return mark == null ? opened : answer(opened, prekeys.look(secret.id(), mark, writer(opened)));
    }

    /**
     * Uses up what opened an envelope. Of two that take what the same one-time prekey opened, or the same letter, one
     * does.
     *
     * @param opened as {@link #examine} gave it
     * @return what was given, or why it is not to be shown to anybody after all
     */
    public Opening take(Opening.Opened opened) {
        PrekeyUse use = opened.use();
        Opaque mark = use.mark();
        if (mark == null) {
            return prekeys.destroy(use.prekey()) ? opened : unopenable(Opening.Reason.SEEN_BEFORE);
        }
        return answer(opened, prekeys.note(use.prekey(), mark, writer(opened)));
    }

    private static Opening answer(Opening.Opened opened, PrekeyStore.Note found) {
        return switch (found) {
            case NEW -> opened;
            case SEEN -> unopenable(Opening.Reason.SEEN_BEFORE);
            case FULL -> unopenable(Opening.Reason.PREKEY_WORN_OUT);
            case GONE -> unopenable(Opening.Reason.NO_SUCH_PREKEY);
        };
    }

    private static PrekeyStore.Writer writer(Opening.Opened opened) {
        return opened.acquaintance() == Trust.Acquaintance.STRANGER
                ? PrekeyStore.Writer.STRANGER
                : PrekeyStore.Writer.PINNED;
    }

    /** Tells a letter of a device from all others, whatever it was sealed with. */
    private static Opaque mark(DeviceCertificate sender, Letter letter) {
        byte[] statement = Statement.of("lethe/1 mark")
                .with(sender.itself().key().bytes())
                .with(letter.id().bytes())
                .toBytes();
        SHA256Digest digest = new SHA256Digest();
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(statement, 0, statement.length);
        digest.doFinal(hash, 0);
        return Opaque.wrap(Arrays.copyOf(hash, PrekeyUse.MARK));
    }

    private static Opening.Reason reason(Trust.Reason distrust) {
        return switch (distrust) {
            case FORGED_LIST -> Opening.Reason.FORGED_LIST;
            case OTHER_ACCOUNT -> Opening.Reason.OTHER_ACCOUNT;
            case REMOVED_DEVICE -> Opening.Reason.REMOVED_DEVICE;
            case TWO_LISTS -> Opening.Reason.TWO_LISTS;
        };
    }

    private static Opening unopenable(Opening.Reason reason) {
        return new Opening.Unopenable(reason);
    }

    /** Who wrote it, and how well the owner of this phone knows them. */
    private record Known(DeviceCertificate certificate, Trust.Acquaintance acquaintance) {}
}
