package lethe.device;

import lethe.core.identity.Opaque;
import lethe.device.files.IncomingOutcome;
import lethe.device.files.OfferEnd;
import lethe.device.files.Peer;

/** What becomes of the files that a phone sends and receives. */
public sealed interface FileEvent {
    /** Of {@link lethe.seal.content.RemoteAttachment}, 16 bytes. */
    Opaque transfer();

    /** Chunks have come. */
    record Received(Opaque transfer, int chunks, int of) implements FileEvent {}

    /** A file that was being received has ended. Once. */
    record ReceivingEnded(Opaque transfer, IncomingOutcome outcome) implements FileEvent {}

    /** A device says that it has the whole of a file of this phone's. */
    record Taken(Opaque transfer, Peer by) implements FileEvent {}

    /** A file of this phone's is on offer no more. Once. */
    record OfferEnded(Opaque transfer, OfferEnd why) implements FileEvent {}
}
