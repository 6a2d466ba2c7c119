package lethe.device;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.device.outbox.Acceptance;
import lethe.device.outbox.Message;

/** Takes the owner's messages into custody, and back, and counts them. */
final class Dispatch {
    private final DeviceRuntime runtime;
    private final Membership membership;
    private final Connector connector;
    private final Custodian custodian;
    private final Durably durably;
    private boolean closed;

    Dispatch(DeviceRuntime runtime, Membership membership, Connector connector, Durably durably) {
        this.runtime = runtime;
        this.membership = membership;
        this.connector = connector;
        this.custodian = durably.custodian();
        this.durably = durably;
    }

    /** All of them or none; the answer speaks of the first. */
    CompletionStage<Sending> send(List<Message> messages) {
        CompletableFuture<Sending> answer = new CompletableFuture<>();
        durably.strand().execute(() -> take(messages, answer));
        return answer;
    }

    private void take(List<Message> messages, CompletableFuture<Sending> answer) {
        if (closed || custodian.hasFailed()) {
            answer.complete(new Sending.NoStore());
            return;
        }
        if (!membership.isOptedIn()) {
            answer.complete(new Sending.Off());
            return;
        }
        Acceptance acceptance = custodian.outbox().accept(messages);
        Sending accepted = acceptance == Acceptance.ACCEPTED
                ? new Sending.Accepted(messages.get(0).id())
                : new Sending.NotTaken(acceptance);
        custodian.onceWritten(() -> answer.complete(custodian.hasFailed() ? new Sending.NoStore() : accepted));
        connector.wake();
    }

    MessageId newId() {
        byte[] bytes = new byte[MessageId.LENGTH];
        runtime.random().nextBytes(bytes);
        return new MessageId(Opaque.wrap(bytes));
    }

    CompletionStage<Boolean> revoke(MessageId id) {
        return durably.answer(
                () -> custodian.outbox().revoke(id, runtime.clock().instant()));
    }

    CompletionStage<Integer> unresolved() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        durably.strand().execute(() -> answer.complete(custodian.outbox().unresolved()));
        return answer;
    }

    /** On the client's strand: nothing more is taken. */
    void close() {
        closed = true;
    }
}
