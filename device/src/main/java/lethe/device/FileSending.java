package lethe.device;

import lethe.core.identity.Opaque;

/** What comes of sending a larger file. */
public sealed interface FileSending {
    /**
     * It is on offer.
     *
     * @param transfer names it in {@link FileEvent}
     * @param letter what came of the letter that tells of it; if that was not taken, the file is to be withdrawn
     */
    record Offered(Opaque transfer, Sending letter) implements FileSending {}

    /** It is not, and why. */
    record NotOffered(Offering why) implements FileSending {}
}
