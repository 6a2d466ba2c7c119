package lethe.device.letters;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.inbox.Admission;
import lethe.device.outbox.SealAnswer;

/** Of a client whose application seals by itself, or not at all: bodies pass as they are. */
public final class Unsealed implements Correspondence {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Predicate<Opaque> canOpen;

    /**
     * For an application.
     *
     * @param canOpen whether it can open a body
     */
    public Unsealed(Predicate<Opaque> canOpen) {
        this.canOpen = canOpen;
    }

    /** A letter of an earlier life that sealed: it stays in custody until one does again. */
    @Override
    public CompletionStage<SealAnswer> seal(Tag to, Opaque letter, Set<DeviceId> devices) {
        return CompletableFuture.completedFuture(new SealAnswer.NotNow(NEVER));
    }

    @Override
    public CompletionStage<Admission> examine(MessageId id, Opaque body) {
        return CompletableFuture.completedFuture(examineAlone(id, body));
    }

    @Override
    public Admission examineAlone(MessageId id, Opaque body) {
        return canOpen.test(body) ? new Admission.Good(body, Opaque.empty()) : new Admission.Refused();
    }

    @Override
    public boolean take(Admission.Good good) {
        return true;
    }

    @Override
    public void written() {}

    @Override
    public void takenBefore(Opaque use) {}
}
