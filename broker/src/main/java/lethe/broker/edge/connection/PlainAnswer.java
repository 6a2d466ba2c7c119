package lethe.broker.edge.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import lethe.core.protocol.Problem;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The few HTTP/1.1 answers that do not come from Akka HTTP, as bytes. Nothing of the request is in them. */
public final class PlainAnswer {
    private PlainAnswer() {}

    /** 101: the connection is a socket from the next byte on. */
    public static byte[] upgraded(Map<String, String> headers) {
        return head("101 Switching Protocols", headers)
                .append("\r\n")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A problem (RFC 9457), after which the connection closes.
     *
     * @param headers that belong to it
     */
    public static byte[] of(Problem problem, Map<String, String> headers) {
        byte[] body = Payloads.encode(Encoding.JSON, problem);
        int status = problem.type().status();
        StringBuilder head = head(status + " " + reason(status), headers)
                .append("Content-Type: application/problem+json\r\nCache-Control: no-store\r\nConnection: close\r\n");
        Duration wait = problem.retryAfter();
        if (wait != null) {
            head.append("Retry-After: ")
                    .append(Math.max(1, wait.plusMillis(999).toSeconds()))
                    .append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static StringBuilder head(String status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head;
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            default -> "Refused";
        };
    }
}
