package lethe.broker.sms;

import java.time.Duration;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** What came of a request to a gateway. */
sealed interface GatewayReply {
    /**
     * Something answered, whole and in time.
     *
     * @param encoding of the body; empty if it is none of ours
     * @param retryAfter when to ask again; empty if it does not say
     */
    record Answer(int status, Optional<Encoding> encoding, Optional<Duration> retryAfter, Opaque body)
            implements GatewayReply {
        boolean isGood() {
            return status / 100 == 2;
        }

        /** The body; empty if it is another one. */
        <T extends Record> Optional<T> read(Class<T> type) {
            return encoding.isPresent()
                            && Payloads.decode(encoding.get(), type, body.shared()) instanceof Decoded.Good<T> good
                    ? Optional.of(good.value())
                    : Optional.empty();
        }

        /** The refusal, if it is one by a gateway. */
        Optional<Problem> problem() {
            return isGood()
                    ? Optional.empty()
                    : read(Problem.class).filter(problem -> problem.type().status() == status);
        }
    }

    /** No request has reached a gateway, for certain: there was no connection, or no end to its handshake. */
    record NotSent() implements GatewayReply {}

    /** Nobody knows whether the request was heard. */
    record NoAnswer() implements GatewayReply {}
}
