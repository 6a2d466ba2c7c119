package lethe.device;

import java.util.Optional;
import lethe.client.sealing.GatewayKey;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import lethe.device.store.DeviceStore;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message can become the SMS that its terms ask for, as far as this phone can tell.
 *
 * @param gateway null if none is pinned
 */
record SmsCheck(@Nullable GatewayKey gateway, DeviceStore store) {
    /** In each of several SMS in the alphabet that takes least (3GPP TS 23.038). */
    private static final int CHARACTERS = 153;

    /** Why it is not taken; empty if it can. */
    Optional<Sending> refusal(Terms terms, @Nullable SmsCopy sms) {
        return Optional.ofNullable(why(terms.fallback(), sms)).map(Sending.NoSms::new);
    }

    private Sending.@Nullable Why why(Fallback fallback, @Nullable SmsCopy sms) {
        if (fallback != Fallback.NONE && sms == null) {
            return Sending.Why.NO_NUMBER;
        }
        if (!fallback.needsCapsule() || sms == null) {
            return null;
        }
        if (gateway == null) {
            return Sending.Why.NO_KEY;
        }
        if (isTooLong(sms.wording())) {
            return Sending.Why.TOO_LONG;
        }
        boolean refuses = store.consent()
                .filter(consent -> !consent.scopes().contains(Scope.SMS_GATEWAY))
                .isPresent();
        return refuses ? Sending.Why.NOT_AGREED : null;
    }

    private static boolean isTooLong(SmsWording wording) {
        boolean takesMore =
                wording instanceof SmsWording.Text text && text.text().length() > CHARACTERS * SmsCopy.MOST_PARTS;
        return takesMore || wording.bytes().length > SmsContent.MOST_WORDING;
    }
}
