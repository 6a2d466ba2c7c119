package lethe.seal;

import lethe.core.identity.Opaque;

/** What comes of sealing. */
public sealed interface Sealing {
    /** An envelope, to be sent to the device whose prekey it was. */
    record Sealed(Opaque envelope) implements Sealing {}

    /** Nothing was sealed. */
    record Unsealable(Reason reason) implements Sealing {}

    /** Why not. */
    enum Reason {
        /** The letter does not fit into the largest envelope: a text has some 64,000 bytes at most. */
        TOO_LARGE,
        /** The device published a key with which nothing can be agreed on. */
        NO_KEY
    }
}
