package lethe.device.files;

/** Why a file is on offer no more. */
public enum OfferEnd {
    /** Its time is over: nobody has asked for long enough. */
    FORGOTTEN,
    /** Its owner took it back. */
    WITHDRAWN,
    /** It is not the file that was offered any more, or cannot be read. */
    CHANGED
}
