package lethe.device.outbox;

/** What the outbox says to a new message. */
public enum Acceptance {
    /** It is in custody. */
    ACCEPTED,
    /** The outbox is full; nothing was taken. */
    FULL,
    /** There is a message with this id already. */
    ID_REUSED
}
