package lethe.broker.sms;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;
import lethe.core.protocol.GatewayBodies.SmsReports;

/** Where reports are read. From any thread. */
public interface ReportSource {
    /**
     * Those that nobody has acknowledged; waits for some if there are none.
     *
     * @param after what an answer called {@code next}; empty for the beginning
     * @param wait whole seconds, up to 30
     * @return never fails; empty if there is no answer
     */
    CompletionStage<Optional<SmsReports>> reports(String after, Duration wait);

    /**
     * Forgets reports.
     *
     * @param ids up to 1000
     * @param through what the answer that they came with called {@code next}, if a later report of the same SMS must
     *     stay
     * @return never fails; whether they are forgotten
     */
    CompletionStage<Boolean> acknowledge(List<MessageId> ids, Optional<String> through);
}
