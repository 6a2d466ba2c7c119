package lethe.device.files;

import lethe.core.identity.Opaque;

/** What {@link Outgoing} wants done, in order. */
public sealed interface OutgoingAction {
    /** Now or never, as it is: {@code body} is sealed. Refusals go to {@link Outgoing#refused}. */
    record Send(Peer to, Opaque body) implements OutgoingAction {}

    /** To the application: a device says that it has the whole file. Once for each device. */
    record TellTaken(Opaque transfer, Peer by) implements OutgoingAction {}

    /** To the application: the file is on offer no more, and its source is closed. Once. */
    record TellEnded(Opaque transfer, OfferEnd why) implements OutgoingAction {}
}
