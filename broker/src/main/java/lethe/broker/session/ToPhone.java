package lethe.broker.session;

import java.time.Duration;
import java.time.Instant;
import lethe.broker.subscriber.Outcome;
import lethe.broker.subscriber.ToSession;
import lethe.core.protocol.ServerFrame;
import lethe.core.queue.Envelope;

/** What subscribers say to a session, as frames for its phone. */
final class ToPhone {
    private ToPhone() {}

    /** A message; what is past its time has no time left, never less. */
    static ServerFrame of(ToSession.Offered offered, Instant now) {
        Envelope envelope = offered.envelope();
        Duration left = Duration.between(now, envelope.expires());
        return new ServerFrame.Deliver(
                offered.seq(),
                envelope.id(),
                left.isNegative() ? Duration.ZERO : left,
                envelope.urgency(),
                envelope.body());
    }

    /** What became of a message that the phone has sent. */
    static ServerFrame of(Outcome outcome) {
        if (outcome instanceof Outcome.HasEnded ended) {
            return ended.receipt().fallback()
                    ? new ServerFrame.FallbackNow(ended.id(), ended.receipt().at(), ended.settle())
                    : new ServerFrame.Receipt(
                            ended.id(), ended.receipt().state(), ended.receipt().at(), ended.settle());
        }
        if (outcome instanceof Outcome.IsHeld held) {
            return new ServerFrame.Held(held.ref(), held.id(), held.expires());
        }
        if (outcome instanceof Outcome.IsRefused refused) {
            return new ServerFrame.Refused(refused.ref(), refused.problem());
        }
        return new ServerFrame.Unknown(outcome.id());
    }
}
