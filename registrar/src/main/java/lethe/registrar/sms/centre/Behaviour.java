package lethe.registrar.sms.centre;

import java.time.Duration;
import lethe.registrar.sms.IdProfile;

/**
 * How a centre for development behaves.
 *
 * @param answer how long it thinks about each SMS
 * @param report how long after the answer its report goes, at most twice that
 * @param order of reports
 * @param ids how ids in reports differ from those in answers
 * @param parameters whether reports have parameters beside their text
 * @param twice whether each report goes twice
 * @param failPercent of SMS that it takes and then reports as undeliverable
 * @param refusePercent of SMS that it does not take: invalid destination
 * @param throttleEvery every so manieth SMS is not taken for now; 0: none
 */
public record Behaviour(
        Duration answer,
        Duration report,
        Order order,
        IdProfile ids,
        boolean parameters,
        boolean twice,
        int failPercent,
        int refusePercent,
        int throttleEvery) {
    /** When and in which order reports go. */
    public enum Order {
        IN_ORDER,
        REVERSED,
        /** Each before the answer that names its SMS. */
        EARLY,
        /** Never. */
        NONE
    }

    /** Takes all at once and reports all as delivered, soon. */
    public static Behaviour good() {
        return new Behaviour(
                Duration.ZERO, Duration.ofMillis(50), Order.IN_ORDER, IdProfile.EXACT, true, false, 0, 0, 0);
    }

    public Behaviour answering(Duration after) {
        return new Behaviour(after, report, order, ids, parameters, twice, failPercent, refusePercent, throttleEvery);
    }

    public Behaviour reporting(Order in) {
        return new Behaviour(answer, report, in, ids, parameters, twice, failPercent, refusePercent, throttleEvery);
    }

    /** With ids of another form, and in the text only if there are no parameters. */
    public Behaviour naming(IdProfile profile, boolean withParameters) {
        return new Behaviour(
                answer, report, order, profile, withParameters, twice, failPercent, refusePercent, throttleEvery);
    }

    public Behaviour repeating() {
        return new Behaviour(answer, report, order, ids, parameters, true, failPercent, refusePercent, throttleEvery);
    }

    public Behaviour failing(int percent) {
        return new Behaviour(answer, report, order, ids, parameters, twice, percent, refusePercent, throttleEvery);
    }

    public Behaviour refusing(int percent) {
        return new Behaviour(answer, report, order, ids, parameters, twice, failPercent, percent, throttleEvery);
    }

    public Behaviour throttling(int every) {
        return new Behaviour(answer, report, order, ids, parameters, twice, failPercent, refusePercent, every);
    }
}
