package lethe.broker.edge.resource;

import static java.util.concurrent.CompletableFuture.completedFuture;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.StreamLimitReachedException;
import akka.util.ByteString;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.wire.Decoded;

/** Takes a request's body into memory, bounded in size and time. */
final class RequestBody {
    /**
     * A body that is a few times too large is read to its end and forgotten, so that the client gets the answer and not
     * a reset connection.
     */
    private static final int HEARD_OUT = 4;

    private final ActorSystem<?> system;
    private final ResourceSettings settings;

    RequestBody(ActorSystem<?> system, ResourceSettings settings) {
        this.system = system;
        this.settings = settings;
    }

    CompletionStage<Decoded<Opaque>> of(HttpRequest request) {
        if (request.entity() instanceof HttpEntity.Strict strict) {
            return completedFuture(judged(strict.getData(), strict.getData().size()));
        }
        long bound = settings.entityBound();
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(bound * HEARD_OUT, bytes -> (long) bytes.size())
                .completionTimeout(settings.bodyWithin())
                .runFold(new Kept(ByteString.emptyByteString(), 0), (kept, more) -> kept.and(more, bound), system)
                .thenApply(kept -> judged(kept.bytes, kept.size))
                .exceptionally(failure -> new Decoded.Bad<>(problem(failure)));
    }

    private Decoded<Opaque> judged(ByteString bytes, long size) {
        return size > settings.entityBound()
                ? new Decoded.Bad<>(tooLarge())
                : new Decoded.Good<>(Opaque.wrap(bytes.toArrayUnsafe()));
    }

    private Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StreamLimitReachedException) {
            return tooLarge();
        }
        return Problem.of(
                ProblemType.MALFORMED,
                cause instanceof TimeoutException ? "the body did not arrive in time" : "the body did not arrive");
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE).withLimit(settings.bodyBound());
    }

    /** What has been read, and as much of it as may be kept. */
    private record Kept(ByteString bytes, long size) {
        Kept and(ByteString more, long bound) {
            long all = size + more.size();
            return new Kept(all > bound ? ByteString.emptyByteString() : bytes.concat(more), all);
        }
    }
}
