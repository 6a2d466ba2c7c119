package lethe.registrar.sms;

import lethe.core.identity.PlainIdentifier;

/** Is told of texts that phones send to a short code. Called by the threads of a centre's binding, several at once. */
public interface TextReceiver {
    /** What becomes of a text. */
    enum Receipt {
        /** It was heard, whatever it was worth: the centre forgets it. */
        TAKEN,
        /** There are too many: the centre keeps it for a while. */
        LATER
    }

    /**
     * Hears a text. Keeps neither it nor the number, and wipes the number.
     *
     * @param sender as the carrier names it: no better than the carrier
     */
    Receipt receive(PlainIdentifier sender, String text);

    /** One came that is no text of a phone to the short code, or does not say from which number in full. */
    void drop();

    /** For whoever is not sent texts: drops them all. */
    static TextReceiver none() {
        return new TextReceiver() {
            @Override
            public Receipt receive(PlainIdentifier sender, String text) {
                sender.wipe();
                return Receipt.TAKEN;
            }

            @Override
            public void drop() {}
        };
    }
}
