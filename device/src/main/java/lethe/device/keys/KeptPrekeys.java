package lethe.device.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.device.store.ContentDamaged;
import lethe.device.store.Ledger;
import lethe.device.store.Slot;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.PrekeyStore;
import lethe.seal.prekey.PrekeyUse;

/**
 * A phone's prekeys between two starts. Safe for use by many threads; {@link #flush} is for whoever writes the letters
 * down.
 *
 * <p>{@link #destroy} and {@link #note} change memory only: until {@link #flush} a secret that is used up is hidden
 * from everybody, and on the disk still. So what was not written down with its letter is as it was after the next
 * start.
 */
public final class KeptPrekeys implements PrekeyStore {
    /** One-time secrets that are kept; beyond, the oldest go. Whoever drains a phone makes it keep no more. */
    static final int MOST_ONE_TIME = 1_000;
    /** Secrets of last resort that are kept of a suite: three weeks of them are four, unless they are worn out. */
    static final int MOST_LAST_RESORT = 16;

    private final Slot slot;
    private final Marks marks;
    private final TreeMap<Long, KeptSecret> secrets = new TreeMap<>();
    private final Set<PrekeyId> taken = new HashSet<>();
    private long next;
    private long published;

    private KeptPrekeys(Slot slot, Ledger ledger) {
        KeptState state = slot.read().map(KeptState::decode).orElse(KeptState.NEW);
        this.slot = slot;
        state.secrets().forEach(each -> secrets.put(each.number(), each));
        next = state.next();
        published = state.published();
        marks = new Marks(ledger, lastResorts());
    }

    /**
     * Those that a phone has kept. Before anything is opened, what was written down with letters is to be
     * {@linkplain #apply applied}.
     *
     * @param secrets a place that is no other's
     * @param marks a place that is no other's
     * @throws ContentDamaged if one of them holds something else
     */
    public static KeptPrekeys open(Slot secrets, Ledger marks) {
        return new KeptPrekeys(secrets, marks);
    }

    @Override
    public synchronized Optional<PrekeySecret> find(PrekeyId id) {
        return kept(id).map(KeptSecret::secret);
    }

    @Override
    public synchronized boolean destroy(PrekeyId id) {
        return kept(id, PrekeyKind.ONE_TIME) && taken.add(id);
    }

    @Override
    public synchronized Note look(PrekeyId lastResort, Opaque mark, Writer writer) {
        return kept(lastResort, PrekeyKind.LAST_RESORT) ? marks.look(lastResort, mark, writer) : Note.GONE;
    }

    @Override
    public synchronized Note note(PrekeyId lastResort, Opaque mark, Writer writer) {
        return kept(lastResort, PrekeyKind.LAST_RESORT) ? marks.note(lastResort, mark, writer) : Note.GONE;
    }

    /**
     * What was written down together with a letter happened, whether or not it became durable here before the phone
     * died. Applied twice it is the same; what it was of may be gone.
     */
    public synchronized void apply(PrekeyUse use) {
        Opaque mark = use.mark();
        if (mark == null) {
            destroy(use.prekey());
        } else if (kept(use.prekey(), PrekeyKind.LAST_RESORT)) {
            marks.restore(use.prekey(), mark);
        }
    }

    /** The letter could not be written down: as if nothing had been taken. Nothing if it is flushed already. */
    public synchronized void giveBack(PrekeyUse use) {
        Opaque mark = use.mark();
        if (mark == null) {
            taken.remove(use.prekey());
        } else {
            marks.giveBack(use.prekey(), mark);
        }
    }

    /**
     * Makes durable what was used since the last time: used one-time secrets leave the disk and are overwritten in
     * memory. To be called when the letters of all of them are durable, and before the broker hears that they are.
     *
     * @throws java.io.UncheckedIOException if it could not be written; then nothing changed, and it can be tried again
     */
    public synchronized void flush() {
        marks.flush();
        if (!taken.isEmpty()) {
            drop(each -> taken.contains(each.secret().id()));
            taken.clear();
        }
    }

    /**
     * The owner opted out: all secrets and marks go, for ever. What is under way to them is never read. Ids are not
     * given again all the same.
     */
    public synchronized void erase() {
        drop(each -> true);
        taken.clear();
        marks.erase();
    }

    /** Secrets that can open something. */
    public synchronized int size() {
        return secrets.size() - taken.size();
    }

    /** The next id to be given; all below were given. */
    synchronized long next() {
        return next;
    }

    /** The broker has heard of all ids to this one, of which some may be no ids of this phone's. */
    synchronized void heard(long highest) {
        long below = Math.min(highest + 1, next);
        if (below > published) {
            write(next, below, secrets.values());
        }
    }

    synchronized boolean isUnpublished(KeptSecret secret) {
        return secret.number() >= published;
    }

    /** Those whose ids the broker has not heard of, lowest ids first. */
    synchronized List<KeptSecret> unpublished() {
        return secrets.tailMap(published).values().stream()
                .filter(each -> !taken.contains(each.secret().id()))
                .toList();
    }

    /** The youngest of a kind and a suite. */
    synchronized Optional<KeptSecret> youngest(PrekeyKind kind, Suite suite) {
        return youngestFirst(each -> each.is(kind, suite)).findFirst();
    }

    synchronized boolean isWornOut(PrekeyId lastResort) {
        return marks.isWornOut(lastResort);
    }

    /** Keeps new ones with ids from {@link #next} on, lowest first; durable on return. */
    synchronized void add(List<KeptSecret> made) {
        List<KeptSecret> all = new ArrayList<>(secrets.values());
        all.addAll(made);
        write(made.get(made.size() - 1).number() + 1, published, all);
        made.forEach(each -> secrets.put(each.number(), each));
    }

    /** Drops what nothing can come to any more, and the oldest of what are too many; durable on return. */
    synchronized void tidy(Instant now) {
        Set<Long> gone = Stream.concat(secrets.values().stream().filter(each -> each.isOver(now)), surplus())
                .filter(each -> !taken.contains(each.secret().id()))
                .map(KeptSecret::number)
                .collect(Collectors.toSet());
        if (!gone.isEmpty()) {
            drop(each -> gone.contains(each.number()));
            marks.keepOnly(lastResorts());
        }
    }

    private Stream<KeptSecret> surplus() {
        return Stream.concat(
                youngestFirst(each -> each.is(PrekeyKind.ONE_TIME)).skip(MOST_ONE_TIME),
                Stream.of(Suite.values())
                        .flatMap(suite -> youngestFirst(each -> each.is(PrekeyKind.LAST_RESORT, suite))
                                .skip(MOST_LAST_RESORT)));
    }

    private Stream<KeptSecret> youngestFirst(Predicate<KeptSecret> which) {
        return secrets.descendingMap().values().stream().filter(which);
    }

    private void drop(Predicate<KeptSecret> which) {
        List<KeptSecret> gone = secrets.values().stream().filter(which).toList();
        List<KeptSecret> rest = secrets.values().stream().filter(which.negate()).toList();
        write(next, published, rest);
        gone.forEach(each -> {
            secrets.remove(each.number());
            each.secret().destroy();
        });
    }

    private void write(long nextId, long publishedBelow, Collection<KeptSecret> kept) {
        slot.write(new KeptState(nextId, publishedBelow, kept).encode());
        next = nextId;
        published = publishedBelow;
    }

    private Optional<KeptSecret> kept(PrekeyId id) {
        return taken.contains(id) ? Optional.empty() : Optional.ofNullable(secrets.get(id.number()));
    }

    private boolean kept(PrekeyId id, PrekeyKind kind) {
        return kept(id).filter(each -> each.is(kind)).isPresent();
    }

    private Set<PrekeyId> lastResorts() {
        return secrets.values().stream()
                .filter(each -> each.is(PrekeyKind.LAST_RESORT))
                .map(each -> each.secret().id())
                .collect(Collectors.toSet());
    }
}
