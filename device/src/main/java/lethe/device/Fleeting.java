package lethe.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;

/**
 * Bodies that go out on one session now or never: no outbox has them, and nobody hears how they end. A refusal is told,
 * so that whoever sends many can slow down.
 *
 * <p>Lives on its client's strand.
 */
final class Fleeting {
    /** The outbox counts from 1 on. */
    private static final long FIRST = 1L << 40;
    /** Refusals come at once: of what was sent before that many others, none comes any more. */
    private static final int REMEMBERED = 256;

    private final Map<Long, Consumer<Problem>> sent = new HashMap<>();
    private long last = FIRST;

    /** The frame that sends it. */
    ClientFrame.Send frame(MessageId id, Tag to, DeviceId device, Opaque body, Consumer<Problem> refused) {
        last++;
        sent.put(last, refused);
        sent.remove(last - REMEMBERED);
        return new ClientFrame.Send(last, id, to, device, Duration.ZERO, null, null, null, null, body, null);
    }

    /**
     * A frame was refused.
     *
     * @return whether it was one of these
     */
    boolean refused(long ref, Problem problem) {
        Consumer<Problem> told = sent.remove(ref);
        if (told != null) {
            told.accept(problem);
        }
        return ref > FIRST;
    }
}
