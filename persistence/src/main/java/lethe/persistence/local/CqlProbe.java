package lethe.persistence.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Asks whether a server speaks CQL: the port opens earlier than the server answers. */
final class CqlProbe {

    private static final byte[] OPTIONS_V4 = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int RESPONSE_V4 = 0x84;
    private static final int SUPPORTED = 6;

    private CqlProbe() {}

    /** Whether OPTIONS was answered with SUPPORTED within the time. */
    static boolean answers(InetSocketAddress address, Duration within) {
        var millis = Math.toIntExact(within.toMillis());
        try (var socket = new Socket()) {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(OPTIONS_V4);
            var answer = new DataInputStream(socket.getInputStream());
            var header = answer.readNBytes(9);
            return header.length == 9 && (header[0] & 0xff) == RESPONSE_V4 && header[4] == SUPPORTED;
        } catch (IOException notYet) {
            return false;
        }
    }
}
