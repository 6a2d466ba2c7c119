package lethe.loadtest.load;

import io.netty.buffer.ByteBuf;

/**
 * One connection's side of a protocol: logs in, sends messages, acknowledges those that come, says what it heard.
 *
 * <p>Belongs to one connection, whose event loop makes all calls.
 */
public interface Dialect {
    /** The connection is open. The dialect logs in, and calls {@link Line#ready} when it may send or be sent to. */
    void opened(Line line);

    /** Bytes have come. It takes whole frames out of the buffer, and leaves what is still incomplete. */
    void read(ByteBuf in, Line line);

    /**
     * Sends a message to the other half of the pair.
     *
     * @param number of the message, counted up from 0 by the sender; travels in the first eight bytes of its payload
     */
    void send(long number, Line line);
}
