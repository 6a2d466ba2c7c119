package lethe.registrar.sms;

/** Is told of reports. Called by the threads of a centre's sessions, several at once. */
public interface ReportReceiver {
    /**
     * Hears of an SMS. Returns when that is not forgotten any more, or it is of none that is known.
     *
     * @return whether the centre may forget it; if not, it is asked to say it again later
     */
    boolean report(DeliveryReport report);

    /** A report came that cannot be read. */
    void garbled();

    /** A text came, from a phone: it was refused. */
    void text();
}
