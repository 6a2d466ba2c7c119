package lethe.broker.sms;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, up to a bound; one that is longer is no answer, and the rest of it is not read. */
final class BoundedBody implements BodySubscriber<Opaque> {
    private final int bound;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Opaque> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int bound) {
        this.bound = bound;
    }

    @Override
    public CompletionStage<Opaque> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription toAll) {
        subscription = toAll;
        toAll.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > bound - bytes.size()) {
                if (subscription != null) {
                    subscription.cancel();
                }
                whole.completeExceptionally(new IOException("an answer of more than " + bound + " bytes"));
                return;
            }
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(Opaque.wrap(bytes.toByteArray()));
    }
}
