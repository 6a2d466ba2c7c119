package lethe.device.files;

import lethe.core.identity.Opaque;
import lethe.seal.content.Wanted;

/** What {@link Incoming} wants done, in order. */
public sealed interface IncomingAction {
    /** A letter to the device that sent the file. Should it wait for longer than a minute, it is worth nothing. */
    record Ask(Wanted wanted) implements IncomingAction {}

    /** {@link FileSink#write}. If that fails, {@link Incoming#unstorable}. */
    record Write(int number, Opaque bytes) implements IncomingAction {}

    /** {@link FileSink#finish}, after all writes. Its answer goes to {@link Incoming#finished}. */
    record Finish() implements IncomingAction {}

    /** It has ended: nothing follows. Once. What is there is discarded if the outcome says so. */
    record End(IncomingOutcome outcome) implements IncomingAction {}
}
