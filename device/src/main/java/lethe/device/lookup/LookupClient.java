package lethe.device.lookup;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.client.http.Answer;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.KnownTags;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetFault;
import lethe.core.lookup.SetIndex;

/**
 * Keeps up with who is listed. Fetches what is new and nothing else; a part of it is no use, so one doubtful or missing
 * part ends it, and whoever asks again gets the rest.
 *
 * <p>Blocks, for as long as the network takes. Used by one thread at a time.
 */
public final class LookupClient {
    /** What a set has beside its entries. */
    private static final long AROUND = 256;

    private static final long MOST_OF_DAY = CodedSet.MOST / 8L * 18 + AROUND;
    private static final long MOST_OF_HOUR = HourSet.MOST_BYTES + AROUND;

    private final SetHttp broker;
    private final DeviceKey pinned;
    private final KeptSets kept;
    private final Clock clock;

    /**
     * For one installation.
     *
     * @param broker scheme, host and port of one of its brokers, or of a cache before them
     * @param pinned the installation's key, as its operator printed it
     * @param kept what was fetched before, under the same key
     */
    public LookupClient(HttpClient http, URI broker, DeviceKey pinned, KeptSets kept, Clock clock) {
        this.broker = new SetHttp(http, broker);
        this.pinned = pinned;
        this.kept = kept;
        this.clock = clock;
    }

    /** Fetches what is new, and says what is known then. */
    public Lookup refresh() {
        Answer<Opaque> answer = broker.index(kept.index()).toCompletableFuture().join();
        if (!(answer instanceof Answer.Good<Opaque> good)) {
            return failed(answer);
        }
        Optional<SetIndex> index = KeptSets.decoded(SetIndex.class, good.value());
        if (index.isEmpty() || index.get().sets().isEmpty()) {
            return new Lookup.Unreachable("the broker has published nothing yet");
        }
        Lookup found = catchUp(index.get());
        if (found instanceof Lookup.Known) {
            kept.keepIndex(good.value());
        }
        return found;
    }

    private Lookup catchUp(SetIndex index) {
        PublishedSet newest = index.sets().get(0);
        Optional<DaySet> seen = seen();
        boolean older = seen.isPresent()
                && (index.epoch() < seen.get().epoch()
                        || (index.epoch() == seen.get().epoch()
                                && newest.day() < seen.get().day()));
        if (older) {
            return new Lookup.NotBelieved(SetFault.DOWNGRADED);
        }
        if (newest.hourOfDay().isPresent()) {
            return new Lookup.NotBelieved(SetFault.MALFORMED);
        }
        Part part = part(newest, kept.day(), MOST_OF_DAY);
        if (!(part instanceof Part.Whole whole)) {
            return ((Part.Missing) part).why();
        }
        Optional<DaySet> day = KeptSets.decoded(DaySet.class, whole.bytes());
        if (day.isEmpty()) {
            return new Lookup.NotBelieved(SetFault.MALFORMED);
        }
        DaySet.Verdict verdict = day.get().judge(pinned, clock.instant());
        if (verdict instanceof DaySet.Verdict.Refused refused) {
            return new Lookup.NotBelieved(refused.fault());
        }
        if (seen.isPresent() && seen.get().isAfter(day.get())) {
            return new Lookup.NotBelieved(SetFault.DOWNGRADED);
        }
        if (day.get().day() != newest.day() || day.get().epoch() != index.epoch()) {
            return new Lookup.NotBelieved(SetFault.MALFORMED);
        }
        if (whole.fresh()) {
            kept.keepDay(whole.bytes());
        }
        return hours(index, day.get(), ((DaySet.Verdict.Holds) verdict).set());
    }

    /** The day that was kept last, if the pinned key signed it, however long ago. */
    private Optional<DaySet> seen() {
        return kept.day()
                .flatMap(bytes -> KeptSets.decoded(DaySet.class, bytes))
                .filter(set -> set.judge(pinned, set.built()) instanceof DaySet.Verdict.Holds);
    }

    private Lookup hours(SetIndex index, DaySet day, CodedSet set) {
        List<HourSet> added = new ArrayList<>();
        for (PublishedSet each : index.sets()) {
            Optional<Long> hour = each.hourOfDay();
            if (each.day() == day.day() && hour.isPresent()) {
                Part part = part(each, kept.hour(hour.get()), MOST_OF_HOUR);
                if (!(part instanceof Part.Whole whole)) {
                    return ((Part.Missing) part).why();
                }
                Optional<HourSet> known = KeptSets.decoded(HourSet.class, whole.bytes());
                Optional<SetFault> fault = known.map(good -> fault(good, day, hour.get()))
                        .orElseGet(() -> Optional.of(SetFault.MALFORMED));
                if (fault.isPresent()) {
                    return new Lookup.NotBelieved(fault.get());
                }
                if (whole.fresh()) {
                    kept.keepHour(hour.get(), whole.bytes());
                }
                known.ifPresent(added::add);
            }
        }
        return new Lookup.Known(new KnownTags(set, added));
    }

    private Optional<SetFault> fault(HourSet set, DaySet day, long hour) {
        return set.judge(pinned)
                .or(() ->
                        set.belongsTo(day) && set.hour() == hour ? Optional.empty() : Optional.of(SetFault.MALFORMED));
    }

    private sealed interface Part {
        /**
         * Its bytes.
         *
         * @param fresh whether they have just been fetched
         */
        record Whole(Opaque bytes, boolean fresh) implements Part {}

        record Missing(Lookup why) implements Part {}
    }

    private Part part(PublishedSet set, Optional<Opaque> known, long most) {
        Optional<Opaque> current = known.filter(bytes -> KeptSets.hash(bytes).equals(set.hash()));
        if (current.isPresent()) {
            return new Part.Whole(current.get(), false);
        }
        if (set.size() > most) {
            return new Part.Missing(new Lookup.NotBelieved(SetFault.OVERSIZED));
        }
        Answer<Opaque> answer = broker.set(set).toCompletableFuture().join();
        return answer instanceof Answer.Good<Opaque> good
                ? new Part.Whole(good.value(), true)
                : new Part.Missing(failed(answer));
    }

    private static Lookup failed(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> refused
                ? new Lookup.Refused(refused.problem())
                : new Lookup.Unreachable(((Answer.Unreachable<?>) answer).why());
    }
}
