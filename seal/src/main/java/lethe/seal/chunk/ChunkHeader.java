package lethe.seal.chunk;

import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.form.FieldReader;

/**
 * What a chunk says of itself in clear, before anybody has checked it: enough to find the key.
 *
 * @param transfer 16 bytes
 * @param number as it stands there; none that a file has, maybe
 */
public record ChunkHeader(Opaque transfer, int number) {
    static final int VERSION = 129;
    static final int LENGTH = 1 + RemoteAttachment.TRANSFER + Integer.BYTES;

    private static final int CHUNK = 0x80;

    /** Whether a body is a chunk, of whatever version, and no envelope. */
    public static boolean isChunk(Opaque body) {
        return body.length() > 0 && (body.shared()[0] & CHUNK) != 0;
    }

    /** The header of a chunk of this version; empty if the body is something else. */
    public static Optional<ChunkHeader> read(Opaque body) {
        FieldReader in = new FieldReader(body);
        int version = in.u8();
        return version == VERSION && body.length() == ChunkCipher.LENGTH
                ? Optional.of(new ChunkHeader(in.raw(RemoteAttachment.TRANSFER), in.u32()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "ChunkHeader[***]";
    }
}
