package lethe.loadtest.load;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** A dialect's connection, and the ear for what it has heard. */
public interface Line {
    /** Writes bytes; they leave when the event loop has handled what it is at. */
    void write(ByteBuf bytes);

    /** For the bytes to write. */
    ByteBuf buffer(int bytes);

    /** Logged in: may send, is sent to. */
    void ready();

    /** A message has come to this, the recipient's, connection. The dialect acknowledges it in its protocol. */
    void arrived(long number);

    /** The sender has learned that the recipient's device has the message. */
    void completed(long number);

    /** The sender has learned that the broker keeps the message durably. */
    void held(long number);

    /**
     * The broker took the message not, and said so.
     *
     * @param retryAfter how long the broker wants it to wait; zero if it said nothing of it
     * @return whether the same number is sent again later
     */
    boolean refused(long number, Duration retryAfter);

    /** The broker closes, and asks the phone to come back. Before it was ready, it does; later that is a failure. */
    void sentAway();

    /** The connection is of no more use. */
    void failed(String why);
}
