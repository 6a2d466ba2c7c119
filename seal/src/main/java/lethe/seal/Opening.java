package lethe.seal;

import java.util.Optional;
import lethe.seal.content.Letter;
import lethe.seal.prekey.PrekeyUse;

/** What comes of opening an envelope. */
public sealed interface Opening {
    /**
     * It is the sender's, it is for this device, and this envelope was not opened before. What a one-time prekey
     * opened, nobody opens again once it was {@linkplain Opener#take taken}.
     *
     * @param acquaintance tells whether the sender is to be pinned, or pinned anew
     * @param use of a prekey, to be written down with the letter
     */
    record Opened(DeviceCertificate sender, Trust.Acquaintance acquaintance, Letter letter, PrekeyUse use)
            implements Opening {}

    /**
     * It is not shown to anybody, and its prekey stays what it was.
     *
     * @param claimed by {@link Reason#OTHER_ACCOUNT}: who says that the address is theirs; they have signed that
     */
    record Unopenable(Reason reason, Optional<DeviceCertificate> claimed) implements Opening {
        public Unopenable(Reason reason) {
            this(reason, Optional.empty());
        }
    }

    /** Why not. */
    enum Reason {
        /** No envelope has this length or this beginning. */
        MALFORMED,
        /** A later version of the form. */
        OTHER_VERSION,
        /** A suite that this device does not have, or not under this prekey. */
        OTHER_SUITE,
        /** The prekey was used up, has been replaced, or was never this device's. */
        NO_SUCH_PREKEY,
        /** It was changed on the way, or sealed to another key or for another address. */
        NOT_FOR_US,
        /** The sender's device wrote something that is no letter. */
        UNREADABLE,
        /** The device that is named as the sender did not sign it, or not for this envelope. */
        FORGED,
        /** The sender's account does not vouch for the device: {@link Trust.Reason#FORGED_LIST}. */
        FORGED_LIST,
        /** {@link Trust.Reason#OTHER_ACCOUNT}. */
        OTHER_ACCOUNT,
        /** {@link Trust.Reason#REMOVED_DEVICE}. */
        REMOVED_DEVICE,
        /** {@link Trust.Reason#TWO_LISTS}. */
        TWO_LISTS,
        /** A copy of a letter that somebody else claims to have from this account. */
        FOREIGN_COPY,
        /** The same letter of the same device was opened before. */
        SEEN_BEFORE,
        /** Too much was opened with this prekey of last resort: the device has to replace it now. */
        PREKEY_WORN_OUT
    }
}
