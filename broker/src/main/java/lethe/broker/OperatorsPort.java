package lethe.broker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A broker's operators' port, as seen from a command. */
final class OperatorsPort {
    /** A raise waits for the store and for all nodes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI broker;

    /**
     * Connects when it is asked.
     *
     * @param broker scheme, host and port, for example {@code http://127.0.0.1:8081}
     */
    OperatorsPort(URI broker) {
        this.broker = broker;
    }

    /**
     * The policy in force there.
     *
     * @throws IOException if no broker answers
     */
    Bodies.PolicyInForce policy() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request().GET());
        if (answer.statusCode() == 200
                && Payloads.decode(Encoding.CBOR, Bodies.PolicyInForce.class, answer.body())
                        instanceof Decoded.Good<Bodies.PolicyInForce> good) {
            return good.value();
        }
        throw notOurs(answer);
    }

    /**
     * Raises the policy.
     *
     * @return why not; empty once it is in force
     * @throws IOException if no broker answers
     */
    Optional<Problem> raise(Bodies.PolicyInForce policy) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request()
                .header("Content-Type", Encoding.CBOR.mediaType())
                .PUT(BodyPublishers.ofByteArray(Payloads.encode(Encoding.CBOR, policy))));
        if (answer.statusCode() == 204) {
            return Optional.empty();
        }
        if (Payloads.decode(Encoding.JSON, Problem.class, answer.body()) instanceof Decoded.Good<Problem> refused) {
            return Optional.of(refused.value());
        }
        throw notOurs(answer);
    }

    /**
     * The limits there, as a table or as JSON.
     *
     * @throws IOException if no broker answers
     */
    String limits(boolean json) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(broker.resolve("/limits"))
                .timeout(PATIENCE)
                .header("Accept", json ? "application/json" : "text/plain"));
        if (answer.statusCode() == 200) {
            return new String(answer.body(), StandardCharsets.UTF_8).strip();
        }
        throw notOurs(answer);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(broker.resolve("/policy"))
                .timeout(PATIENCE)
                .header("Accept", Encoding.CBOR.mediaType());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException none) {
            throw new IOException("no broker answers operators at " + broker, none);
        }
    }

    private IOException notOurs(HttpResponse<byte[]> answer) {
        return new IOException("what answers at " + broker + " with status " + answer.statusCode()
                + " is no operators' port of this version");
    }
}
