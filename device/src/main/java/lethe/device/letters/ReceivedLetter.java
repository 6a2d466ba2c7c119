package lethe.device.letters;

import java.util.Arrays;
import java.util.Optional;
import lethe.core.block.Evidence;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;
import lethe.seal.content.Letter;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * A letter as it lies in the inbox until the application has it. It does not print.
 *
 * @param from whose address the broker says is the account's that wrote it
 * @param device of that account
 * @param proof shows a broker that this phone has the message ({@link Evidence#proof})
 * @param first whether nothing came from there before
 */
public record ReceivedLetter(Tag from, DeviceId device, Opaque proof, boolean first, Letter letter) {
    private static final int KIND = 1;

    /** Reads what {@link #encode} writes; empty if it is something else. */
    public static Optional<ReceivedLetter> decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        int kind = in.u8();
        Tag from = new Tag(in.raw(Tag.LENGTH));
        DeviceId device = new DeviceId(in.raw(DeviceId.LENGTH));
        Opaque proof = in.raw(Evidence.PROOF_LENGTH);
        boolean first = in.u8() == 1;
        return kind == KIND
                ? Letter.read(in).map(letter -> new ReceivedLetter(from, device, proof, first, letter))
                : Optional.empty();
    }

    /** {@link #name(Tag, DeviceId, MessageId)} of this letter. */
    public MessageId name() {
        return name(from, device, letter.id());
    }

    /**
     * What a letter is known by on both sides: the same for every envelope that one device makes of one letter.
     *
     * @param from its writer's address
     * @param device of that account
     */
    public static MessageId name(Tag from, DeviceId device, MessageId letter) {
        byte[] statement = Statement.of("lethe/1 letter")
                .with(from.bytes())
                .with(device.bytes())
                .with(letter.bytes())
                .toBytes();
        SHA256Digest digest = new SHA256Digest();
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(statement, 0, statement.length);
        digest.doFinal(hash, 0);
        return new MessageId(Opaque.wrap(Arrays.copyOf(hash, MessageId.LENGTH)));
    }

    public Opaque encode() {
        return Opaque.wrap(new FieldWriter()
                .u8(KIND)
                .raw(from.bytes())
                .raw(device.bytes())
                .raw(proof)
                .u8(first ? 1 : 0)
                .raw(letter.encode())
                .toBytes());
    }

    @Override
    public String toString() {
        return "ReceivedLetter[***]";
    }
}
