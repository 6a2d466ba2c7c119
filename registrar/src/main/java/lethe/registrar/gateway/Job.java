package lethe.registrar.gateway;

import java.time.Instant;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** An SMS that is to be sent, still sealed, and how far that has come. In the hand of one thread at a time. */
final class Job {
    final MessageId id;
    final Opaque capsule;
    final GatewayOpeningKey key;
    final Instant expires;
    final Route route;
    final int reference;

    /** Of the centre that has the first part and gets the others; null before. */
    @Nullable
    String centre;

    /** The place of the part that is next, from 1. */
    int next = 1;

    Job(MessageId id, Opaque capsule, GatewayOpeningKey key, Instant expires, Route route, int reference) {
        this.id = id;
        this.capsule = capsule;
        this.key = key;
        this.expires = expires;
        this.route = route;
        this.reference = reference;
    }

    @Override
    public String toString() {
        return "Job[" + id + "]";
    }
}
