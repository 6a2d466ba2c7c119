package lethe.broker.edge.socket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lethe.broker.edge.websocket.Opening;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;

/**
 * The opening handshake on the server's side (RFC 6455, section 4.2): checks the request and picks the sub-protocol.
 */
public sealed interface Handshake {
    /**
     * It is answered 101.
     *
     * @param encoding of the sub-protocol
     * @param headers of the answer
     */
    record Agreed(Encoding encoding, Map<String, String> headers) implements Handshake {}

    /**
     * It is answered with a problem.
     *
     * @param headers that belong to it
     */
    record Refused(Problem problem, Map<String, String> headers) implements Handshake {}

    /**
     * Judges a request to become a socket.
     *
     * @param fields the value of a header field; empty if there is none
     */
    static Handshake judge(UnaryOperator<String> fields) {
        if (!names(fields.apply("Upgrade"), "websocket") || !names(fields.apply("Connection"), "upgrade")) {
            return upgradeRequired("this resource is a WebSocket");
        }
        if (!fields.apply("Sec-WebSocket-Version").equals(Opening.VERSION)) {
            return upgradeRequired("the only version of WebSocket here is 13");
        }
        String key = fields.apply("Sec-WebSocket-Key");
        if (!Opening.isKey(key)) {
            return malformed("Sec-WebSocket-Key is base64 of 16 bytes");
        }
        return offered(fields.apply("Sec-WebSocket-Protocol"))
                .map(encoding -> agreed(encoding, key))
                .orElseGet(() -> malformed("Sec-WebSocket-Protocol names neither lethe.v1.cbor nor lethe.v1.json"));
    }

    private static Handshake agreed(Encoding encoding, String key) {
        return new Agreed(
                encoding,
                Map.of(
                        "Upgrade",
                        "websocket",
                        "Connection",
                        "upgrade",
                        "Sec-WebSocket-Accept",
                        Opening.accept(key),
                        "Sec-WebSocket-Protocol",
                        encoding.subProtocol()));
    }

    private static Handshake malformed(String detail) {
        return new Refused(Problem.of(ProblemType.MALFORMED, detail), Map.of());
    }

    private static Handshake upgradeRequired(String detail) {
        return new Refused(
                Problem.of(ProblemType.UPGRADE_REQUIRED, detail),
                Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", Opening.VERSION));
    }

    /** The first of ours in the phone's order of preference. */
    private static Optional<Encoding> offered(String names) {
        return Arrays.stream(names.split(","))
                .flatMap(name -> Encoding.ofSubProtocol(name.strip()).stream())
                .findFirst();
    }

    private static boolean names(String field, String token) {
        return Arrays.stream(field.split(","))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(token));
    }
}
