package lethe.broker.edge.resource;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Optional;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** Writes bodies in the encoding that a request accepts: JSON unless CBOR is preferred. */
final class Answers {
    private Answers() {}

    static HttpResponse ok(HttpRequest request, Record body) {
        return accepted(request)
                .map(encoding -> HttpResponse.create()
                        .withEntity(HttpEntities.create(contentType(encoding), Payloads.encode(encoding, body)))
                        .addHeader(RawHeader.create("Cache-Control", "no-store")))
                .orElseGet(() -> Refusals.answer(ProblemType.NOT_ACCEPTABLE));
    }

    static HttpResponse done() {
        return HttpResponse.create().withStatus(204);
    }

    /** What a device hears of what it has asked for: nothing to show, or that it is none of the subscriber's. */
    static HttpResponse of(DeviceAnswer answer) {
        return answer instanceof DeviceAnswer.Denied ? Refusals.answer(SubscriberCommand.STRANGER) : done();
    }

    private static akka.http.javadsl.model.ContentType contentType(Encoding encoding) {
        return encoding == Encoding.JSON
                ? ContentTypes.APPLICATION_JSON
                : ContentTypes.create(MediaTypes.APPLICATION_CBOR);
    }

    private static Optional<Encoding> accepted(HttpRequest request) {
        Optional<Accept> accept = request.getHeader(Accept.class);
        if (accept.isEmpty()) {
            return Optional.of(Encoding.JSON);
        }
        float json = quality(accept.get(), Encoding.JSON);
        float cbor = quality(accept.get(), Encoding.CBOR);
        if (json == 0 && cbor == 0) {
            return Optional.empty();
        }
        return Optional.of(cbor > json ? Encoding.CBOR : Encoding.JSON);
    }

    /** The best quality that a range gives to an encoding; a range that names it outweighs {@code *}. */
    private static float quality(Accept accept, Encoding encoding) {
        float best = 0;
        for (var range : accept.getMediaRanges()) {
            if (range.matches(contentType(encoding).mediaType())) {
                best = Math.max(best, range.qValue());
            }
        }
        return best;
    }
}
