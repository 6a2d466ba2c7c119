package lethe.registrar.sms;

import lethe.core.identity.PlainIdentifier;

/** Sends one SMS after the other. Safe for use by many threads. */
public interface SmsSender extends AutoCloseable {
    /** What became of an SMS. */
    enum Sending {
        /** The centre has taken it. */
        TAKEN,
        /** The centre does not take this one, and will not take it later. */
        REFUSED,
        /** It was not sent: nobody is there, or the centre is too busy. */
        AWAY,
        /** Nobody can tell: it may arrive. Whoever sends it again may send it twice. */
        UNKNOWN
    }

    /** Sends it, within seconds. Keeps neither the number nor the text. */
    Sending send(PlainIdentifier number, ShortText text);

    @Override
    void close();
}
