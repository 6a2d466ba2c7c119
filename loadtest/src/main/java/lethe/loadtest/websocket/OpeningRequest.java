package lethe.loadtest.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The HTTP request that turns a connection into a WebSocket, and what its answer must be (RFC 6455, section 4). */
public final class OpeningRequest {
    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int MOST_HEADERS = 16_384;
    private static final String END = "\r\n\r\n";

    private final byte[] request;
    private final String accept;
    private final String subProtocol;

    /**
     * Draws a key. May be used for many connections.
     *
     * @param host as in the header {@code Host}
     * @param subProtocol the only one that is spoken
     */
    public OpeningRequest(String host, String path, String subProtocol) {
        byte[] key = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key);
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: " + text + "\r\nSec-WebSocket-Protocol: " + subProtocol + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.accept = accept(text);
        this.subProtocol = subProtocol;
    }

    private static String accept(String key) {
        try {
            byte[] bytes = (key + SUFFIX).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    public byte[] bytes() {
        return request.clone();
    }

    /** Takes the answer's headers out of the buffer, if they are complete; else null and takes nothing. */
    public static @Nullable String takeAnswer(ByteBuf in) {
        int length = indexOfEnd(in);
        if (length < 0) {
            return null;
        }
        String answer = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
        in.skipBytes(length + END.length());
        return answer;
    }

    private static int indexOfEnd(ByteBuf in) {
        String start =
                in.toString(in.readerIndex(), Math.min(in.readableBytes(), MOST_HEADERS), StandardCharsets.ISO_8859_1);
        return start.indexOf(END);
    }

    /** What is wrong with an answer; null if the connection is a WebSocket now. */
    public @Nullable String objection(String answer) {
        String[] lines = answer.split("\r\n", -1);
        if (!lines[0].startsWith("HTTP/1.1 101 ")) {
            return "the broker answered " + lines[0];
        }
        if (!accept.equals(header(lines, "sec-websocket-accept"))) {
            return "the broker's Sec-WebSocket-Accept is wrong";
        }
        return subProtocol.equals(header(lines, "sec-websocket-protocol")) ? null : "the broker chose no sub-protocol";
    }

    private static @Nullable String header(String[] lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return null;
    }
}
