package lethe.registrar.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.gateway.LedgerEvent.Accepted;
import lethe.registrar.gateway.LedgerEvent.Acknowledged;
import lethe.registrar.gateway.LedgerEvent.Begun;
import lethe.registrar.gateway.LedgerEvent.Ended;
import lethe.registrar.gateway.LedgerEvent.PartDelivered;
import lethe.registrar.gateway.LedgerEvent.PartTaken;
import lethe.registrar.gateway.LedgerEvent.Paused;
import org.jspecify.annotations.Nullable;

/**
 * How far each SMS has come, by its message id: no number, no text. An event that does not fit is none: what has ended
 * does not end again. Not safe for use by many threads.
 */
final class Ledger {
    /** How long a report waits for whoever shall have it. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final Duration SWEEP = Duration.ofMinutes(1);

    /** Those in hand, and those whose report is not acknowledged. */
    private final Map<MessageId, Sms> all = new LinkedHashMap<>();

    /** Those that are over, and must not be sent again before they expire. */
    private final Map<MessageId, Over> over = new LinkedHashMap<>();

    private final Map<PartKey, PartOf> taken = new HashMap<>();

    /** Of those that have ended and are not acknowledged, by a number that counts up in this process. */
    private final Map<MessageId, Numbered> reports = new LinkedHashMap<>();

    private long lastNumber;
    private Instant nextSweep = Instant.EPOCH;

    /** A part as a centre knows it. */
    private record PartKey(String centre, String key) {}

    private record PartOf(MessageId id, int place) {}

    private record Over(Opaque digest, Instant expires, Instant until, SmsEnd end, Instant at) {}

    private record Numbered(long number, SmsReport report) {}

    /** Some reports, and the number of the last. */
    record Page(List<SmsReport> reports, long last) {}

    private static final class Sms {
        final Accepted accepted;
        int parts;
        final Map<Integer, PartKey> keys = new HashMap<>();
        final BitSet delivered = new BitSet();

        @Nullable
        Ended ended;

        Sms(Accepted accepted) {
            this.accepted = accepted;
        }
    }

    /** What there is of a message. */
    sealed interface Known {
        /** Nothing, or it was not sent and may be put again. */
        record Free() implements Known {}

        /** The same capsule, in hand or ended. */
        record Same(Instant until) implements Known {}

        /** Another capsule. */
        record Other() implements Known {}
    }

    Known find(MessageId id, Opaque digest) {
        Sms sms = all.get(id);
        Over ended = over.get(id);
        if (sms != null) {
            SmsEnd end = sms.ended == null ? null : sms.ended.end();
            return known(sms.accepted.digest().equals(digest), end, sms.accepted.until());
        }
        return ended == null ? new Known.Free() : known(ended.digest().equals(digest), ended.end(), ended.until());
    }

    private static Known known(boolean same, @Nullable SmsEnd end, Instant until) {
        if (!same) {
            return new Known.Other();
        }
        return end == SmsEnd.UNSENT ? new Known.Free() : new Known.Same(until);
    }

    /**
     * Tells a report once more that was acknowledged, if there is one: whoever asks again seems not to know it.
     *
     * @param label of whoever asks; the one of before is forgotten with the acknowledgement
     */
    void tellAgain(MessageId id, @Nullable Opaque label) {
        Over ended = over.remove(id);
        if (ended != null) {
            Sms sms = new Sms(new Accepted(id, ended.digest(), ended.expires(), ended.until(), label));
            sms.ended = new Ended(id, ended.end(), ended.at());
            all.put(id, sms);
            tell(sms, sms.ended);
        }
    }

    /** Whether it has not ended. */
    boolean isOpen(MessageId id) {
        Sms sms = all.get(id);
        return sms != null && sms.ended == null;
    }

    /** Whether there is a report of it, of no later number. */
    boolean isTold(MessageId id, long through) {
        Numbered report = reports.get(id);
        return report != null && report.number() <= through;
    }

    /** How many are in hand, or have a report to give. */
    int size() {
        return all.size();
    }

    /** How many are over. */
    int sizeOver() {
        return over.size();
    }

    void apply(LedgerEvent event) {
        if (event instanceof Accepted accepted) {
            reports.remove(accepted.id());
            over.remove(accepted.id());
            all.put(accepted.id(), new Sms(accepted));
            return;
        }
        Sms sms = all.get(event.id());
        if (sms == null) {
            return;
        }
        if (event instanceof Acknowledged) {
            acknowledge(sms);
        } else if (sms.ended == null) {
            apply(event, sms);
        }
    }

    private void acknowledge(Sms sms) {
        Accepted accepted = sms.accepted;
        Ended ended = sms.ended;
        if (ended != null) {
            all.remove(accepted.id());
            reports.remove(accepted.id());
            over.put(
                    accepted.id(),
                    new Over(accepted.digest(), accepted.expires(), accepted.until(), ended.end(), ended.at()));
        }
    }

    private void apply(LedgerEvent event, Sms sms) {
        if (event instanceof Begun begun) {
            sms.parts = begun.parts();
        } else if (event instanceof Paused) {
            sms.parts = 0;
        } else if (event instanceof PartTaken part) {
            take(part, sms);
        } else if (event instanceof PartDelivered part) {
            sms.delivered.set(part.place());
            forget(sms.keys.remove(part.place()));
        } else if (event instanceof Ended ended) {
            sms.keys.values().forEach(this::forget);
            sms.keys.clear();
            sms.ended = ended;
            tell(sms, ended);
        }
    }

    /** A centre that gives a name twice means the later one by it. */
    private void take(PartTaken part, Sms sms) {
        if (sms.delivered.get(part.place())) {
            return;
        }
        forget(sms.keys.remove(part.place()));
        PartKey key = new PartKey(part.centre(), part.key());
        PartOf before = taken.put(key, new PartOf(part.id(), part.place()));
        Sms other = before == null ? null : all.get(before.id());
        if (before != null && other != null) {
            other.keys.remove(before.place());
        }
        sms.keys.put(part.place(), key);
    }

    private void forget(@Nullable PartKey key) {
        if (key != null) {
            taken.remove(key);
        }
    }

    private void tell(Sms sms, Ended ended) {
        lastNumber++;
        SmsReport report = new SmsReport(ended.id(), ended.end(), ended.at(), sms.accepted.label());
        reports.put(ended.id(), new Numbered(lastNumber, report));
    }

    /** What a centre's word about a part means; empty if no part is known by that key. */
    Optional<List<LedgerEvent>> hear(String centre, String key, boolean delivered, Instant now) {
        PartOf part = taken.get(new PartKey(centre, key));
        Sms sms = part == null ? null : all.get(part.id());
        if (part == null || sms == null) {
            return Optional.empty();
        }
        return Optional.of(delivered ? delivered(sms, part, now) : List.of(ended(sms, SmsEnd.FAILED, now)));
    }

    private static List<LedgerEvent> delivered(Sms sms, PartOf part, Instant now) {
        List<LedgerEvent> events = new ArrayList<>();
        events.add(new PartDelivered(part.id(), part.place()));
        if (sms.delivered.cardinality() + 1 == sms.parts) {
            events.add(ended(sms, SmsEnd.DELIVERED, now));
        }
        return events;
    }

    private static Ended ended(Sms sms, SmsEnd end, Instant now) {
        return new Ended(sms.accepted.id(), end, now);
    }

    /** What ends because its time is over. */
    List<LedgerEvent> due(Instant now) {
        List<LedgerEvent> events = new ArrayList<>();
        for (Sms sms : all.values()) {
            if (sms.ended == null && !now.isBefore(sms.accepted.until())) {
                events.add(ended(sms, sms.parts == 0 ? SmsEnd.FAILED : SmsEnd.UNKNOWN, now));
            }
        }
        return events;
    }

    /** What a restart means: the capsules of those that were not begun are gone. */
    List<LedgerEvent> afterRestart(Instant now) {
        List<LedgerEvent> events = new ArrayList<>();
        for (Sms sms : all.values()) {
            if (sms.ended == null && sms.parts == 0) {
                events.add(ended(sms, SmsEnd.UNSENT, now));
            }
        }
        return events;
    }

    /**
     * Forgets what nobody needs: what is over and has expired, once a minute; and what ended a day ago.
     *
     * @return whether there was any
     */
    boolean forget(Instant now) {
        boolean any = all.values().removeIf(sms -> {
            boolean old = sms.ended != null
                    && !now.isBefore(sms.ended.at().plus(KEPT))
                    && !now.isBefore(sms.accepted.expires());
            if (old) {
                reports.remove(sms.accepted.id());
            }
            return old;
        });
        if (now.isBefore(nextSweep)) {
            return any;
        }
        nextSweep = now.plus(SWEEP);
        return over.values().removeIf(ended -> !now.isBefore(ended.expires())) || any;
    }

    /** Reports after a number, oldest first. */
    Page reports(long after, int most) {
        List<SmsReport> page = new ArrayList<>();
        long last = after;
        for (Numbered each : reports.values()) {
            if (page.size() == most) {
                break;
            }
            if (each.number() > after) {
                page.add(each.report());
                last = each.number();
            }
        }
        return new Page(page, last);
    }

    /** Events that come to the same. */
    List<LedgerEvent> events() {
        List<LedgerEvent> events = new ArrayList<>();
        for (Sms sms : all.values()) {
            MessageId id = sms.accepted.id();
            events.add(sms.accepted);
            if (sms.ended == null) {
                if (sms.parts > 0) {
                    events.add(new Begun(id, sms.parts));
                }
                sms.keys.forEach((place, key) -> events.add(new PartTaken(id, place, key.centre(), key.key())));
                sms.delivered.stream().forEach(place -> events.add(new PartDelivered(id, place)));
            } else {
                events.add(sms.ended);
            }
        }
        over.forEach((id, ended) -> {
            events.add(new Accepted(id, ended.digest(), ended.expires(), ended.until(), null));
            events.add(new Ended(id, ended.end(), ended.at()));
            events.add(new Acknowledged(id));
        });
        return events;
    }
}
