package lethe.loadtest.capture;

import java.nio.file.Path;
import java.util.List;

/**
 * One TLS connection, opened.
 *
 * @param server IP:PORT
 * @param files what both said: the client's bytes, what of them was masked in a WebSocket's frames, the server's bytes
 * @param opened whether there are bytes of both
 */
record Conversation(String server, List<Path> files, boolean opened) {
    Conversation {
        files = List.copyOf(files);
    }
}
