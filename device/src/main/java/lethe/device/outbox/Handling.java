package lethe.device.outbox;

/** What becomes of a message's body before it is sent. */
public enum Handling {
    /** It goes out as it is. */
    AS_IS,
    /** It is a letter in clear: for each device of the recipient an envelope is made of it, and that goes out. */
    SEALED,
    /** The same, and the application is told neither of its custody nor of its end. */
    SEALED_SILENTLY;

    boolean isSealed() {
        return this != AS_IS;
    }
}
