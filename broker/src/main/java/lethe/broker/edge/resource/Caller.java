package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpRequest;
import java.util.Optional;
import lethe.core.account.Device;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;
import lethe.wire.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, proven.
 *
 * @param self the sender
 * @param device the device that signed, with the key that holds
 * @param tag the sender's own address
 * @param recipient named in {@code Lethe-To} and signed; null if the request names none
 */
record Caller(
        Received received,
        SubscriberId self,
        Device device,
        Tag tag,
        @Nullable SubscriberId recipient) {
    HttpRequest request() {
        return received.request();
    }

    /** The label of the sender, for its share of a queue: the same as on its socket. */
    long label() {
        return self.label();
    }

    Optional<SubscriberId> to() {
        return Optional.ofNullable(recipient);
    }

    <T extends Record> Decoded<T> body(Class<T> type) {
        return received.body(type);
    }

    @Override
    public String toString() {
        return "Caller[***]";
    }
}
