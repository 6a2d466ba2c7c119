package lethe.device;

import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.core.block.Evidence;
import lethe.core.block.ReportReason;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;

/**
 * Senders whose messages the owner does not want. Each call opens a connection, and needs a phone that has opted in.
 * Safe for use by many threads.
 */
public final class UnwantedSenders {
    private final BrokerHttp http;

    UnwantedSenders(BrokerHttp http) {
        this.http = http;
    }

    /**
     * From now on the broker takes nothing from this sender, for any of the owner's devices, and tells it what it tells
     * whoever writes to nobody. What it has taken before still comes.
     *
     * @return refused with {@link ProblemType#LIST_FULL} if as many are blocked as may be
     */
    public CompletionStage<Answer<Boolean>> block(Tag sender) {
        return http.block(sender);
    }

    /** The broker takes from this sender again. */
    public CompletionStage<Answer<Boolean>> unblock(Tag sender) {
        return http.unblock(sender);
    }

    /** How many are blocked. Who, the broker cannot tell: whoever wants to show them keeps a list. */
    public CompletionStage<Answer<Bodies.BlockCount>> blocked() {
        return http.blocks();
    }

    /**
     * Reports a message that this device has received. Neither the message nor its sender is named: the broker finds
     * out who sent it from what only those know who have it, and counts.
     *
     * @param body as it came
     * @return refused with {@link ProblemType#NOT_FOUND} if the broker has forgotten who sent it
     */
    public CompletionStage<Answer<Boolean>> report(MessageId id, Opaque body, ReportReason reason) {
        return report(Evidence.proof(id, body), reason);
    }

    /**
     * The same for a letter.
     *
     * @param proof as it came with the letter
     */
    public CompletionStage<Answer<Boolean>> report(Opaque proof, ReportReason reason) {
        return http.report(new Bodies.Report(reason, proof));
    }
}
