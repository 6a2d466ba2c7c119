package lethe.broker.sms;

import akka.Done;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.SmsEnd;

/** Who is told what became of an SMS. From any thread. */
@FunctionalInterface
public interface SmsRecipients {
    /**
     * Tells the recipient; perhaps not for the first time.
     *
     * @return completes when nobody has to be told any more: it is durable, or there is no such message; fails, within
     *     seconds, if that is not known
     */
    CompletionStage<Done> report(SubscriberId recipient, MessageId message, SmsEnd end);
}
