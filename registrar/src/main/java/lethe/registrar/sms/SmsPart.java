package lethe.registrar.sms;

import java.io.ByteArrayOutputStream;
import lethe.core.identity.Opaque;
import lethe.registrar.text.Coding;
import lethe.registrar.text.Joining;
import org.jsmpp.bean.OptionalParameter;

/**
 * A whole SMS, or a part of one. It does not print.
 *
 * @param reference the same for all parts, 16 bits of which the short header takes 8
 * @param place from 1
 * @param count of all parts
 */
public record SmsPart(Coding coding, Opaque bytes, Joining joining, int reference, int place, int count) {
    private static final int LONGEST = 160;

    boolean hasHeader() {
        return count > 1 && (joining == Joining.SHORT_REFERENCE || joining == Joining.LONG_REFERENCE);
    }

    private boolean isPayload() {
        return joining == Joining.BY_CENTRE && bytes.length() > LONGEST;
    }

    /** What stands in the message, with a header if it has one. */
    byte[] message() {
        if (isPayload()) {
            return new byte[0];
        }
        if (!hasHeader()) {
            return bytes.toBytes();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                joining == Joining.SHORT_REFERENCE
                        ? new byte[] {5, 0, 3, (byte) reference, (byte) count, (byte) place}
                        : new byte[] {
                            6, 8, 4, (byte) (reference >> Byte.SIZE), (byte) reference, (byte) count, (byte) place
                        });
        out.writeBytes(bytes.shared());
        return out.toByteArray();
    }

    /** What stands beside the message. */
    OptionalParameter[] parameters() {
        if (isPayload()) {
            return new OptionalParameter[] {new OptionalParameter.Message_payload(bytes.toBytes())};
        }
        return joining == Joining.PARAMETERS && count > 1
                ? new OptionalParameter[] {
                    new OptionalParameter.Sar_msg_ref_num((short) reference),
                    new OptionalParameter.Sar_total_segments((byte) count),
                    new OptionalParameter.Sar_segment_seqnum((byte) place)
                }
                : new OptionalParameter[0];
    }

    @Override
    public String toString() {
        return "SmsPart[***]";
    }
}
