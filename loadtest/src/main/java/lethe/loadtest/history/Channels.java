package lethe.loadtest.history;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import lethe.loadtest.history.HistoryEvent.AtCentre;

/**
 * By which ways a message went: over IP to the recipient's application, by the sender's modem, by a gateway's centre.
 *
 * <p>One that was shown and went out as an SMS too is excused in one case only: it was offered before the SMS went out
 * and acknowledged too late, and the recipient's application merged the two (decision 8).
 */
final class Channels {
    private final BiConsumer<Breach, String> breach;
    private boolean shown;
    private long offered;
    private boolean byModem;
    private final Set<Integer> taken = new HashSet<>();
    private int parts;
    private long smsAt = Long.MAX_VALUE;
    private boolean merged;

    /** @param breach is told of what must not be, in words */
    Channels(BiConsumer<Breach, String> breach) {
        this.breach = breach;
    }

    /** The application got it, for the first time; {@link Offers} says when it was offered. */
    void shown(long offeredAtTheEarliest) {
        shown = true;
        offered = offeredAtTheEarliest;
    }

    void atModem(long nanos) {
        if (byModem) {
            breach.accept(Breach.DUPLICATED, "sent twice as SMS");
        }
        byModem = true;
        smsAt = Math.min(smsAt, nanos);
    }

    void atCentre(AtCentre sms) {
        if (!sms.taken()) {
            return;
        }
        if (!taken.add(sms.part()) || (parts > 0 && parts != sms.parts())) {
            breach.accept(Breach.DUPLICATED, "part " + sms.part() + " of " + sms.parts() + " went to the centre again");
        }
        parts = sms.parts();
        smsAt = Math.min(smsAt, sms.nanos());
    }

    void merged() {
        merged = true;
    }

    boolean isShown() {
        return shown;
    }

    /** Whether any of it went out as an SMS. */
    boolean isSms() {
        return byModem || parts > 0;
    }

    /**
     * When the history is over.
     *
     * @param outcome what the sender heard; empty if nothing
     */
    void judge(String outcome) {
        if (byModem && parts > 0) {
            breach.accept(Breach.DUPLICATED, "by the sender's modem and by the gateway");
        }
        if (isSms() && (shown || outcome.equals("delivered"))) {
            judgeBoth(outcome);
        } else if (isSms() && saysNoSms(outcome)) {
            breach.accept(Breach.UNEXPECTED, "ended as " + outcome + ", and went out as SMS");
        }
        if (!claimHolds(outcome) || (outcome.isEmpty() && !shown && !isSms())) {
            breach.accept(Breach.LOST, outcome.isEmpty() ? "arrived nowhere" : "ended as " + outcome + ", did not");
        }
    }

    private void judgeBoth(String outcome) {
        if (outcome.equals("delivered")) {
            breach.accept(Breach.TWO_CHANNELS, "ended as delivered, and went out as SMS");
        } else if (offered > smsAt) {
            breach.accept(Breach.TWO_CHANNELS, "offered over IP after it had gone out as SMS");
        } else if (!merged) {
            breach.accept(Breach.TWO_CHANNELS, "over IP and by SMS");
        }
    }

    private static boolean saysNoSms(String outcome) {
        return !outcome.isEmpty() && !outcome.startsWith("sms_");
    }

    /** {@code lost} claims nothing, but it is what its name says, unless the message is somewhere. */
    private boolean claimHolds(String outcome) {
        return switch (outcome) {
            case "delivered" -> shown;
            case "sms_sent" -> byModem;
            case "sms_delivered" -> parts > 0 && taken.size() == parts;
            case "lost" -> shown || isSms();
            default -> true;
        };
    }
}
