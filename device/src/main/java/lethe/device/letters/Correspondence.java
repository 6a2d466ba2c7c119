package lethe.device.letters;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.inbox.Admission;
import lethe.device.outbox.SealAnswer;

/**
 * Makes envelopes of letters, and letters of envelopes. Called on its client's strand; what it answers may come from
 * any thread.
 */
public interface Correspondence {
    /**
     * Seals a letter.
     *
     * @param letter in clear
     * @param devices for which of the recipient's; empty for all
     */
    CompletionStage<SealAnswer> seal(Tag to, Opaque letter, Set<DeviceId> devices);

    /** Looks into a message that came in. Uses nothing up: it may be asked again. */
    CompletionStage<Admission> examine(MessageId id, Opaque body);

    /** The same without asking anybody: what nobody here can say is {@link Admission.NotNow}. */
    Admission examineAlone(MessageId id, Opaque body);

    /**
     * Takes what was found good, for good: one of the last few.
     *
     * @return false if it was taken before: then it counts as refused
     */
    boolean take(Admission.Good good);

    /** Everything that was taken is written: what opened it can be destroyed. */
    void written();

    /** This was taken in the phone's last life. */
    void takenBefore(Opaque use);
}
