package lethe.device.sms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;

/**
 * The phone's modem.
 *
 * <p>On Android: {@code SmsManager.divideMessage(text)}, then {@code sendMultipartTextMessage} with one sent intent per
 * part, permission {@code SEND_SMS}. Complete the stage when the intents of all parts have come: all {@code RESULT_OK}:
 * {@link SmsResult#SENT}; none: {@link SmsResult#FAILED}; some: {@link SmsResult#UNKNOWN}. Put the message id into the
 * intents' data, so that intents of two messages are not taken for one another.
 *
 * <p>Called at most once for a message, also if the phone dies in between; then the message ends as
 * {@link SmsResult#UNKNOWN} at the next start. An implementation retries only what certainly did not go out.
 */
@FunctionalInterface
public interface SmsPort {
    /**
     * Sends one SMS. Returns at once. If it throws, nobody knows whether the SMS went out: {@link SmsResult#UNKNOWN}.
     *
     * @param id for the port's own bookkeeping; it does not go out
     */
    CompletionStage<SmsResult> send(MessageId id, SmsCopy sms);

    /** Of a device without a modem. */
    static SmsPort none() {
        return (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED);
    }
}
