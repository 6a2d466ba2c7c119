package lethe.seal.prekey;

/** What whoever wants to seal finds of a prekey that a broker handed out. */
public sealed interface PrekeyVerdict {
    /** It is the device's, and in force. */
    record Usable(CheckedPrekey prekey) implements PrekeyVerdict {}

    /** Nothing is sealed to it. */
    record Unusable(Reason reason) implements PrekeyVerdict {}

    /** Why not. */
    enum Reason {
        /** The device did not sign it, or for another address. */
        FORGED,
        EXPIRED
    }
}
