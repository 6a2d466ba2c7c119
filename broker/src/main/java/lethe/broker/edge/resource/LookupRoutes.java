package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.longSegment;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.lookup.PublishedSets;
import lethe.core.identity.Opaque;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/**
 * {@code /v1/set}, {@code /v1/set/DAY}, {@code /v1/set/DAY/HOUR}: who is listed, the same bytes for everybody. Nobody
 * signs, and any cache may keep them.
 */
public final class LookupRoutes {
    /** An epoch that is raised empties the sets: so long may a cache not know of it. */
    private static final String KEEP_SET = "public, max-age=3600";

    private static final String KEEP_INDEX = "public, max-age=60";

    /** Bytes that are on their way to one phone at a time. */
    private static final int PART = 64 * 1024;

    private static final Problem STORE_DOWN = Problem.of(ProblemType.STORE_DOWN).withRetryAfter(Duration.ofSeconds(5));

    private final PublishedSets sets;

    public LookupRoutes(PublishedSets sets) {
        this.sets = sets;
    }

    public Route routes() {
        return concat(
                path(segment("v1").slash("set"), () -> answering(this::index)),
                path(
                        segment("v1").slash("set").slash(longSegment()),
                        day -> answering(request -> set(request, day, Optional.empty()))),
                path(
                        segment("v1").slash("set").slash(longSegment()).slash(longSegment()),
                        (day, hour) -> answering(request -> set(request, day, Optional.of(hour)))));
    }

    private interface Resource {
        CompletionStage<HttpResponse> answer(HttpRequest request);
    }

    private static Route answering(Resource resource) {
        return get(() -> extractRequest(request ->
                completeWithFuture(resource.answer(request).exceptionally(failure -> Refusals.answer(STORE_DOWN)))));
    }

    private CompletionStage<HttpResponse> index(HttpRequest request) {
        return sets.index()
                .thenApply(index -> Conditional.answer(
                                request,
                                version(index),
                                () -> Answers.ok(request, index).removeHeader("Cache-Control"))
                        .addHeader(RawHeader.create("Vary", "Accept"))
                        .addHeader(RawHeader.create("Cache-Control", KEEP_INDEX)));
    }

    private static String version(SetIndex index) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Payloads.encode(Encoding.CBOR, index));
            return Opaque.wrap(hash).toText();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private CompletionStage<HttpResponse> set(HttpRequest request, long day, Optional<Long> hour) {
        return sets.index()
                .thenCompose(index -> index.find(day, hour)
                        .map(found -> sets.body(found)
                                .thenApply(body -> body.map(bytes -> answer(request, found, bytes))
                                        .orElseGet(LookupRoutes::nothing)))
                        .orElseGet(() -> CompletableFuture.completedFuture(nothing())));
    }

    private static HttpResponse answer(HttpRequest request, PublishedSet set, Opaque body) {
        return Conditional.answer(
                        request,
                        set.hash().toText(),
                        () -> HttpResponse.create()
                                .withEntity(HttpEntities.create(
                                        ContentTypes.create(MediaTypes.APPLICATION_CBOR), body.length(), parts(body))))
                .addHeader(RawHeader.create("Cache-Control", KEEP_SET));
    }

    /** Views of the same bytes: however slowly many phones read, there is one copy of the whole. */
    private static Source<ByteString, Object> parts(Opaque body) {
        ByteString whole = ByteString.fromArrayUnsafe(body.shared());
        return Source.range(0, (body.length() - 1) / PART)
                .map(part -> whole.slice(part * PART, Math.min(part * PART + PART, body.length())))
                .mapMaterializedValue(unused -> unused);
    }

    private static HttpResponse nothing() {
        return Refusals.answer(ProblemType.NOT_FOUND);
    }
}
