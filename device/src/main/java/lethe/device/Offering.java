package lethe.device;

import lethe.device.files.Offer;
import lethe.seal.content.RemoteAttachment;

/** What comes of offering a file. */
public sealed interface Offering {
    /**
     * It is on offer while this process lives.
     *
     * @param file for the letter to the account that it is offered to
     */
    record Offered(RemoteAttachment file) implements Offering {}

    /** It cannot be offered to anybody. Its source is closed. */
    record Unfit(Offer.Reason why) implements Offering {}

    /** Too many files are on offer, or the phone is going. The source is closed. */
    record NoRoom() implements Offering {}
}
