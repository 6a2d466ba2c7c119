package lethe.broker.edge.socket;

import akka.NotUsed;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import lethe.broker.edge.resource.Refusals;
import lethe.broker.edge.websocket.Opening;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;

/**
 * The opening handshake on the server's side (RFC 6455, section 4.2): checks the request and picks the sub-protocol.
 */
final class Handshake {
    private static final String VERSION_FIELD = "Sec-WebSocket-Version";

    private Handshake() {}

    /**
     * The answer to a request to become a socket.
     *
     * @param sockets makes the socket for an encoding
     */
    static HttpResponse answer(HttpRequest request, Function<Encoding, Flow<ByteString, ByteString, NotUsed>> sockets) {
        if (!names(request, "Upgrade", "websocket") || !names(request, "Connection", "upgrade")) {
            return upgradeRequired("this resource is a WebSocket");
        }
        if (!field(request, VERSION_FIELD).equals(Opening.VERSION)) {
            return upgradeRequired("the only version of WebSocket here is 13");
        }
        String key = field(request, "Sec-WebSocket-Key");
        if (!Opening.isKey(key)) {
            return Refusals.answer(Problem.of(ProblemType.MALFORMED, "Sec-WebSocket-Key is base64 of 16 bytes"));
        }
        return offered(request)
                .map(encoding -> Upgrade.to(sockets.apply(encoding), key, encoding.subProtocol()))
                .orElseGet(() -> Refusals.answer(Problem.of(
                        ProblemType.MALFORMED,
                        "Sec-WebSocket-Protocol names neither lethe.v1.cbor nor lethe.v1.json")));
    }

    /** The first of ours in the phone's order of preference. */
    private static Optional<Encoding> offered(HttpRequest request) {
        return Arrays.stream(field(request, "Sec-WebSocket-Protocol").split(","))
                .flatMap(name -> Encoding.ofSubProtocol(name.strip()).stream())
                .findFirst();
    }

    private static HttpResponse upgradeRequired(String detail) {
        return Refusals.answer(Problem.of(ProblemType.UPGRADE_REQUIRED, detail))
                .addHeader(RawHeader.create("Upgrade", "websocket"))
                .addHeader(RawHeader.create(VERSION_FIELD, Opening.VERSION));
    }

    private static boolean names(HttpRequest request, String field, String token) {
        return Arrays.stream(field(request, field).split(","))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(token));
    }

    private static String field(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value()).orElse("");
    }
}
