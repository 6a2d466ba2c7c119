package lethe.loadtest.peers;

import io.netty.buffer.ByteBuf;
import lethe.loadtest.load.Payload;

/** What messages and receipts of a run carry: a message its number and noise, a receipt the number alone. */
public final class Contents {
    private final byte[] message;

    /**
     * For messages of one size.
     *
     * @param bytes of a message, at least eight
     */
    public Contents(int bytes) {
        message = Payload.ofLength(bytes).template();
    }

    /** The size of a message, or of a receipt, in bytes. */
    public int bytes(boolean ofMessage) {
        return ofMessage ? message.length : Payload.NUMBER_BYTES;
    }

    /** Appends a message, or a receipt. */
    public void write(ByteBuf out, boolean asMessage, long number) {
        out.writeLong(number);
        if (asMessage) {
            out.writeBytes(message, Payload.NUMBER_BYTES, message.length - Payload.NUMBER_BYTES);
        }
    }
}
