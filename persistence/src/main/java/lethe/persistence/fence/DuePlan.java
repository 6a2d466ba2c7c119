package lethe.persistence.fence;

import java.time.Instant;
import java.util.Optional;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.SubscriberState;

/**
 * What one save does to the entity's entry in the due index, of which it has at most one: at the time when the first of
 * its envelopes is due or their keys must be renewed, or before.
 *
 * @param add the time of a new entry, stored before the envelopes
 * @param remove the time of the old one, deleted after them
 * @param after the time of the entry that it has then
 */
record DuePlan(Optional<Instant> add, Optional<Instant> remove, Optional<Instant> after) {

    /**
     * Plans for the state that is saved. An entry whose time has come is replaced: whoever was woken by it deletes it.
     *
     * @param known the time of the entry that the entity has
     * @param renewal by when the keys of what is stored must be renewed
     */
    static DuePlan of(SubscriberState state, Optional<Instant> known, Instant now, Instant renewal) {
        if (state.held().isEmpty()) {
            return new DuePlan(Optional.empty(), known, Optional.empty());
        }
        var latest = state.lastWoken().isAfter(now) ? state.lastWoken() : now;
        var standing = known.filter(at -> at.isAfter(latest) && !at.isAfter(renewal));
        if (standing.isEmpty()) {
            // Never at the time of the old one, which will be deleted.
            var first = state.firstDue()
                    .map(at -> at.isBefore(renewal) ? at : renewal)
                    .filter(at -> at.isAfter(latest))
                    .or(() -> Optional.of(latest.plusMillis(1)));
            return new DuePlan(first, known, first);
        }
        var earlier = state.changes().held().stream()
                .map(HeldEnvelope::envelope)
                .map(envelope -> envelope.due())
                .filter(at -> at.isBefore(standing.get()))
                .min(Instant::compareTo);
        return earlier.isPresent()
                ? new DuePlan(earlier, known, earlier)
                : new DuePlan(Optional.empty(), Optional.empty(), known);
    }
}
