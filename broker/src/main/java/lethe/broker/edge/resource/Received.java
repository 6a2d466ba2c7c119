package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpRequest;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * A request with its whole body.
 *
 * @param body empty if there is none
 */
record Received(HttpRequest request, Opaque body) {
    /** Reads the body in the encoding that the request names. */
    <T extends Record> Decoded<T> body(Class<T> type) {
        return Encoding.ofMediaType(request.entity().getContentType().toString())
                .map(encoding -> Payloads.decode(encoding, type, body.shared()))
                .orElseGet(() -> new Decoded.Bad<>(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE)));
    }

    @Override
    public String toString() {
        return "Received[***]";
    }
}
