package lethe.broker.sms;

import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;

/** Where SMS go. From any thread. */
public interface SmsGateway {
    /**
     * Gives it an SMS. Whoever has no answer gives the same order again: it is taken once.
     *
     * @return never fails
     */
    CompletionStage<SmsAnswer> put(MessageId id, SmsOrder order);
}
