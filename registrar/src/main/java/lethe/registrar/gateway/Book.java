package lethe.registrar.gateway;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.gateway.LedgerEvent.Acknowledged;
import lethe.registrar.gateway.LedgerEvent.PartTaken;
import org.jspecify.annotations.Nullable;

/**
 * The ledger and its journal: what is in the one is in the other. Safe for use by many threads.
 *
 * <p>What somebody is going to rely on is durable before they are told. A report that comes before the answer that
 * names its SMS is kept for a minute.
 */
final class Book implements AutoCloseable {
    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final int MOST_EARLY = 10_000;

    private final Ledger ledger = new Ledger();
    private final Journal journal;
    private final Clock clock;
    private final Map<Early, Heard> early = new LinkedHashMap<>();
    private boolean changed;

    private record Early(String centre, String key) {}

    private record Heard(boolean delivered, Instant at) {}

    private Book(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Opens what an earlier process has left. */
    static Book open(Journal.Opened opened, Clock clock) throws IOException {
        Book book = new Book(opened.journal(), clock);
        opened.events().forEach(book.ledger::apply);
        book.add(book.ledger.afterRestart(clock.instant()));
        return book;
    }

    synchronized Ledger.Known find(MessageId id, Opaque digest) {
        return ledger.find(id, digest);
    }

    synchronized void tellAgain(MessageId id, @Nullable Opaque label) {
        ledger.tellAgain(id, label);
        notifyAll();
    }

    synchronized int size() {
        return ledger.size();
    }

    synchronized int sizeOver() {
        return ledger.sizeOver();
    }

    synchronized boolean isOpen(MessageId id) {
        return ledger.isOpen(id);
    }

    /**
     * Takes one, if its id is free; durable on return.
     *
     * @return what there was of it: it is taken if that is nothing
     */
    Ledger.Known accept(LedgerEvent.Accepted accepted) throws IOException {
        Ledger.Known known;
        long position;
        synchronized (this) {
            known = ledger.find(accepted.id(), accepted.digest());
            position = known instanceof Ledger.Known.Free ? write(List.of(accepted)) : journal.position();
        }
        journal.force(position);
        return known;
    }

    /** Adds what has happened; durable on return. */
    void add(LedgerEvent event) throws IOException {
        add(List.of(event));
    }

    void add(List<LedgerEvent> events) throws IOException {
        journal.force(write(events));
    }

    /** Adds what may be lost if the machine fails. */
    void note(LedgerEvent event) throws IOException {
        var unused = write(List.of(event));
    }

    private synchronized long write(List<LedgerEvent> events) throws IOException {
        if (journal.isTorn()) {
            journal.replace(ledger.events());
        }
        long position = journal.append(events);
        events.forEach(ledger::apply);
        changed = true;
        notifyAll();
        return position;
    }

    /**
     * A centre has taken a part; what it said of it before now counts.
     *
     * @return what has ended by that
     */
    Optional<LedgerEvent.Ended> taken(PartTaken part) throws IOException {
        Optional<Heard> before;
        synchronized (this) {
            note(part);
            before = Optional.ofNullable(early.remove(new Early(part.centre(), part.key())));
        }
        return before.isPresent() ? hear(part.centre(), part.key(), before.get().delivered()) : Optional.empty();
    }

    /**
     * A centre says that a part was delivered, or will not be; durable on return.
     *
     * @return what has ended by that
     */
    Optional<LedgerEvent.Ended> hear(String centre, String key, boolean delivered) throws IOException {
        List<LedgerEvent> events;
        long position;
        synchronized (this) {
            Instant now = clock.instant();
            Optional<List<LedgerEvent>> heard = ledger.hear(centre, key, delivered, now);
            if (heard.isEmpty()) {
                if (early.size() < MOST_EARLY) {
                    early.put(new Early(centre, key), new Heard(delivered, now));
                }
                return Optional.empty();
            }
            events = heard.get();
            position = write(events);
        }
        journal.force(position);
        return events.stream()
                .filter(LedgerEvent.Ended.class::isInstance)
                .map(LedgerEvent.Ended.class::cast)
                .findFirst();
    }

    /** Ends it, if it has not ended; durable on return. */
    boolean end(MessageId id, SmsEnd end) throws IOException {
        synchronized (this) {
            if (!ledger.isOpen(id)) {
                return false;
            }
        }
        add(new LedgerEvent.Ended(id, end, clock.instant()));
        return true;
    }

    /** Reports after a number; waits for some if there are none. What is told is durable. */
    Ledger.Page reports(long after, int most, Duration wait) throws IOException, InterruptedException {
        long left = wait.toNanos();
        long until = System.nanoTime() + left;
        Ledger.Page page;
        long position;
        synchronized (this) {
            page = ledger.reports(after, most);
            while (page.reports().isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = until - System.nanoTime();
                page = ledger.reports(after, most);
            }
            position = journal.position();
        }
        journal.force(position);
        return page;
    }

    /** Forgets reports, but for those with a later number: they are of the same SMS, put once more. */
    synchronized void acknowledge(List<MessageId> ids, long through) throws IOException {
        List<LedgerEvent> events = new ArrayList<>();
        ids.stream().filter(id -> ledger.isTold(id, through)).forEach(id -> events.add(new Acknowledged(id)));
        if (!events.isEmpty()) {
            var unused = write(events);
        }
    }

    /**
     * Ends what is due, and forgets what is over.
     *
     * @return what has ended
     */
    List<LedgerEvent> sweep() throws IOException {
        Instant now = clock.instant();
        List<LedgerEvent> due;
        synchronized (this) {
            due = ledger.due(now);
            changed |= ledger.forget(now);
            Iterator<Heard> oldest = early.values().iterator();
            while (oldest.hasNext() && oldest.next().at().plus(EARLY).isBefore(now)) {
                oldest.remove();
            }
        }
        if (!due.isEmpty()) {
            add(due);
        }
        journal.force(journal.position());
        return due;
    }

    /** Writes the journal anew under a new key, if there is something to forget. */
    synchronized void replaceKey() throws IOException {
        if (changed) {
            journal.replace(ledger.events());
            changed = false;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
