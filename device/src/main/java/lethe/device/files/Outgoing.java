package lethe.device.files;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * The files that this phone has on offer, and who is to get which chunk next.
 *
 * <p>Rules: a file is for the devices of one account, and for the other devices of this one; others ask in vain. A
 * chunk is sent when it is asked for, once for each time, and nobody waits for an answer to it. All chunks of all files
 * share one pace, which yields to a broker's refusals, so that messages have room beside them; devices take turns.
 * Nothing outlives the process. One chunk at a time is in memory, and 32 bytes of each that is on offer.
 *
 * <p>One thread at a time. After each call, and when it is {@link #due}, do what {@link #drain} gives.
 */
public final class Outgoing {
    /** Devices of two accounts. */
    private static final int MOST_ASKERS = 20;
    /** Chunks to one device beyond the repeats: a small file, too, may have to be sent often. */
    private static final int SPARE = 256;

    private final Tag own;
    private final OutgoingLimits limits;
    private final Pace pace;
    private final Map<Opaque, OnOffer> offers = new LinkedHashMap<>();
    private final List<OutgoingAction> actions = new ArrayList<>();

    /**
     * Nothing is on offer.
     *
     * @param own the address of this phone's account
     */
    public Outgoing(Tag own, OutgoingLimits limits) {
        this.own = own;
        this.limits = limits;
        this.pace = new Pace(limits.leastGap(), limits.mostGap());
    }

    /**
     * From now on the devices of an account may ask for a file. Its source is closed at the end.
     *
     * @return false if too many files are on offer; then nothing has changed
     */
    public boolean offer(Tag to, Offer offer, Instant now) {
        if (offers.size() >= limits.offers() || offers.containsKey(offer.file().transfer())) {
            return false;
        }
        offers.put(offer.file().transfer(), new OnOffer(to, offer, now));
        return true;
    }

    /** Its owner takes a file back. */
    public void withdraw(Opaque transfer) {
        end(transfer, OfferEnd.WITHDRAWN);
    }

    /** The phone goes: all files are withdrawn. */
    public void withdrawAll() {
        List.copyOf(offers.keySet()).forEach(this::withdraw);
    }

    /** A device has said, in a letter that is its own, what it wants. */
    public void wanted(Peer asker, Wanted wanted, Instant now) {
        OnOffer found = offers.get(wanted.transfer());
        if (found == null || !(asker.tag().equals(found.to) || asker.tag().equals(own))) {
            return;
        }
        Asker known = found.askers.get(asker);
        if (wanted.say() instanceof Wanted.Chunks chunks) {
            ask(found, known, asker, chunks, now);
        } else if (known != null && wanted.say() == Wanted.End.CANCELLED) {
            known.rest();
        } else if (known != null && known.take()) {
            actions.add(new OutgoingAction.TellTaken(wanted.transfer(), asker));
        }
    }

    private void ask(OnOffer found, @Nullable Asker known, Peer peer, Wanted.Chunks chunks, Instant now) {
        RemoteAttachment file = found.offer.file();
        if (known == null && found.askers.size() >= MOST_ASKERS) {
            return;
        }
        Asker asker = known == null ? new Asker(peer, budget(file)) : known;
        if (asker.ask(chunks, file.chunks(), limits.window())) {
            found.askers.put(peer, asker);
            found.prolong(now.plus(limits.afterAsking()));
        }
    }

    private long budget(RemoteAttachment file) {
        return (long) limits.repeats() * file.chunks() + SPARE;
    }

    /**
     * A broker refused a chunk for now. It is not sent again before it is asked for again.
     *
     * @param retryAfter as the broker says; zero if it says nothing
     */
    public void refused(Duration retryAfter, Instant now) {
        Duration longest = limits.longestPause();
        pace.refused(retryAfter.compareTo(longest) > 0 ? longest : retryAfter, now);
    }

    /** The session is gone. What was asked in it will be asked again. */
    public void disconnected() {
        askers().forEach(Asker::rest);
    }

    /** What to do now; afterwards it is taken as done. */
    public List<OutgoingAction> drain(Instant now) {
        for (OnOffer offer : List.copyOf(offers.values())) {
            if (!offer.forgotten.isAfter(now)) {
                end(offer.offer.file().transfer(), OfferEnd.FORGOTTEN);
            }
        }
        for (Optional<Turn> turn = turn(now); turn.isPresent(); turn = turn(now)) {
            send(turn.get(), now);
        }
        List<OutgoingAction> all = List.copyOf(actions);
        actions.clear();
        return all;
    }

    /** Who has waited longest of those that are to get a chunk now. */
    private Optional<Turn> turn(Instant now) {
        return pace.isFree(now)
                ? turns().filter(turn -> !turn.asker.free().isAfter(now))
                        .min(Comparator.comparing(turn -> turn.asker.free()))
                : Optional.empty();
    }

    private void send(Turn turn, Instant now) {
        int number = turn.asker.next(now);
        Optional<Opaque> body = turn.offer.seal(number);
        if (body.isPresent()) {
            pace.step(now);
            actions.add(new OutgoingAction.Send(turn.asker.peer(), body.get()));
        } else {
            end(turn.offer.file().transfer(), OfferEnd.CHANGED);
        }
    }

    private void end(Opaque transfer, OfferEnd why) {
        OnOffer ended = offers.remove(transfer);
        if (ended != null) {
            ended.offer.close();
            actions.add(new OutgoingAction.TellEnded(transfer, why));
        }
    }

    /** When {@link #drain} will have something to do, if nothing else happens; empty if never. */
    public Optional<Instant> due() {
        Stream<Instant> chunks = turns().map(turn -> Pace.later(pace.free(), turn.asker.free()));
        Stream<Instant> ends = offers.values().stream().map(offer -> offer.forgotten);
        return Stream.concat(chunks, ends).min(Comparator.naturalOrder());
    }

    private Stream<Turn> turns() {
        return offers.values().stream()
                .flatMap(offer -> offer.askers.values().stream()
                        .filter(Asker::isWaiting)
                        .map(asker -> new Turn(offer.offer, asker)));
    }

    private Stream<Asker> askers() {
        return offers.values().stream().flatMap(offer -> offer.askers.values().stream());
    }

    /** Somebody's turn to get a chunk of a file. */
    private record Turn(Offer offer, Asker asker) {}

    /** A file, for whom it is, and who has asked. */
    private final class OnOffer {
        private final Tag to;
        private final Offer offer;
        private final Instant since;
        private final Map<Peer, Asker> askers = new LinkedHashMap<>();
        private Instant forgotten;

        private OnOffer(Tag to, Offer offer, Instant since) {
            this.to = to;
            this.offer = offer;
            this.since = since;
            this.forgotten = since.plus(limits.kept());
        }

        private void prolong(Instant until) {
            Instant last = since.plus(limits.longest());
            forgotten = Pace.later(forgotten, until.isBefore(last) ? until : last);
        }
    }
}
