package lethe.broker.edge.socket;

import com.typesafe.config.Config;
import java.time.Duration;
import lethe.wire.Encoding;

/**
 * The bounds of a socket.
 *
 * @param bodyBound of an envelope, in bytes
 * @param unreadBound of what waits to go out to a phone that does not read, in bytes; beyond it the socket is closed
 * @param controlFramesPerSecond pings and pongs of one phone; more is a flood, and closes the socket
 * @param heartbeat the longest silence of a phone, which is looked at eight times within it
 * @param closeWithin how long a close frame waits for its answer before the connection is cut
 */
public record SocketSettings(
        int bodyBound, int unreadBound, int controlFramesPerSecond, Duration heartbeat, Duration closeWithin) {
    /** What a message may have beside a body: a thousand ids, with their names in JSON. */
    private static final int AROUND_BODY = 32 * 1024;

    /** Reads {@code lethe.edge.socket}. */
    public static SocketSettings from(Config config, int bodyBound, Duration heartbeat) {
        return new SocketSettings(
                bodyBound,
                Math.toIntExact(config.getBytes("unread-bound")),
                config.getInt("control-frames-per-second"),
                heartbeat,
                config.getDuration("close-within"));
    }

    /** Of a message of the socket, in bytes: JSON writes four characters for three bytes of a body. */
    int messageBound(Encoding encoding) {
        return AROUND_BODY + (encoding.isText() ? bodyBound / 3 * 4 + 4 : bodyBound);
    }
}
