package lethe.device.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lethe.client.sealing.GatewayKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import lethe.device.sms.SmsResult;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this phone sent and that has not ended, and what to do about it.
 *
 * <p>Rules: a message is forgotten only when its end is durable, told and settled. Messages to one recipient are sent
 * in the order in which they were accepted, each naming the one before it. After any doubt (a new connection, a
 * refusal, an {@code unknown}) everything unanswered from there on is sent again, in order; the recipient drops what it
 * has. Past its lifetime a message that was offered is only asked after; if the broker does not know it, it has
 * expired, as far as anybody can tell. An SMS is handed to the modem at most once, and only if no copy can still go
 * over IP: at the broker's verdict, or past the deadline if no broker was ever offered the message. Of a message to
 * several devices each gets a copy, in its own order; the first that is delivered ends it, and an SMS needs the verdict
 * on each. Once one is delivered, the others need no deadline any more: a copy that ended at its own is offered again
 * without. What a gateway shall send never goes to the modem: its capsule goes with one copy, and the broker decides.
 *
 * <p>One thread at a time. After each call, do what {@link #drain} gives.
 */
public final class Outbox {
    private final OutboxLimits limits;
    private final Journal journal = new Journal();
    private final Entries entries = journal.entries();
    private final Copies copies = new Copies();
    private final Capsules capsules;
    private final Lanes lanes;
    private final Sealings sealings;
    private final Inquiries inquiries;
    private final Endings endings;
    private final Withdrawals withdrawals;
    private final Posting posting;
    private final BrokerAnswers answers;
    private final Ageing ageing;

    private Outbox(OutboxLimits limits, @Nullable GatewayKey gateway, RandomGenerator random) {
        this.limits = limits;
        this.capsules = new Capsules(gateway, random);
        this.lanes = new Lanes(limits, random);
        this.sealings = new Sealings(limits, random);
        this.inquiries = new Inquiries(limits, journal);
        this.endings = new Endings(limits, journal, lanes, sealings);
        this.withdrawals = new Withdrawals(journal, inquiries, endings);
        this.posting = new Posting(journal, lanes, copies, sealings, endings, withdrawals);
        this.answers = new BrokerAnswers(journal, lanes, inquiries, endings, posting, withdrawals);
        this.ageing = new Ageing(limits, journal, inquiries, endings, posting);
    }

    /** An outbox as the phone's last life left it, without a gateway. */
    public static Outbox recovered(
            OutboxLimits limits, RandomGenerator random, Collection<OutboxEvent> history, Instant now) {
        return recovered(limits, null, random, history, now);
    }

    /**
     * An outbox as the phone's last life left it.
     *
     * @param gateway to which capsules are sealed; null if none is pinned
     * @param random for back-off and capsules: a cryptographically strong source
     * @param history all events that were written, oldest first
     */
    public static Outbox recovered(
            OutboxLimits limits,
            @Nullable GatewayKey gateway,
            RandomGenerator random,
            Collection<OutboxEvent> history,
            Instant now) {
        Outbox outbox = new Outbox(limits, gateway, random);
        outbox.journal.recover(history);
        outbox.entries.all().forEach(entry -> outbox.takeUp(entry, now));
        return outbox;
    }

    private void takeUp(Entry entry, Instant now) {
        if (entry.isInLane()) {
            copies.recall(entry);
            lanes.add(entry);
        } else if (entry.phase == Phase.UNSEALED) {
            sealings.add(new Sealings.Need(entry, Set.of(), 0));
        } else if (entry.end != null) {
            endings.tellEnded(entry, entry.end.outcome(), entry.end.at(), now);
        } else if (entry.phase == Phase.COPIED) {
            if (entry.message.handling().isSealed() && Copies.isForOthers(entry)) {
                sealings.add(new Sealings.Need(entry, Set.of(), 0));
            }
            endings.conclude(entry, now, now);
        } else {
            endings.smsEnded(entry, SmsResult.UNKNOWN, now);
        }
    }

    /** What to do now; afterwards it is taken as done. */
    public List<OutboxAction> drain(Instant now) {
        if (journal.isConnected()) {
            lanes.pump(now, (lane, entry) -> send(lane, entry, now));
            inquiries.say();
            sealings.start(now)
                    .forEach(need -> journal.act(new OutboxAction.Seal(
                            need.letter().message.to(), need.letter().message.body(), need.devices())));
        }
        return journal.drain();
    }

    private void send(Lane lane, Entry entry, Instant now) {
        if (capsules.isMissing(entry)) {
            answers.refused(entry, Problem.of(ProblemType.NO_GATEWAY, "this phone has no gateway's key"), now);
            return;
        }
        Instant expires = entry.expires();
        entry.ref = journal.nextRef();
        lanes.sent(entry);
        if (entry.isPastLifetime(now)) {
            inquiries.watch(entry, now);
        } else {
            if (!entry.isOffered()) {
                journal.write(new OutboxEvent.Offered(entry.id(), now, capsules.seal(entry, now)));
                entry.firstOfferedHere = true;
            }
            entry.askedAt = now;
            journal.say(entry.message.toSend(
                    entry.ref, lane.before(entry), expires, copies.list(entry), entry.capsule, now));
        }
        withdrawals.ask(entry);
    }

    /** The owner sends a message. Custody begins when its {@link OutboxEvent.Accepted} is durable. */
    public Acceptance accept(Message message) {
        return accept(List.of(message));
    }

    /** Several, of which all are taken or none. */
    public Acceptance accept(List<Message> messages) {
        if (messages.stream().anyMatch(message -> entries.find(message.id()) != null)) {
            return Acceptance.ID_REUSED;
        }
        long bytes =
                messages.stream().mapToLong(message -> message.body().length()).sum();
        if (entries.size() + messages.size() > limits.messages() || entries.bytes() + bytes > limits.bytes()) {
            return Acceptance.FULL;
        }
        messages.forEach(this::take);
        return Acceptance.ACCEPTED;
    }

    private void take(Message message) {
        journal.write(new OutboxEvent.Accepted(message));
        Entry entry = entries.get(message.id());
        if (entry.phase == Phase.UNSEALED) {
            sealings.add(new Sealings.Need(entry, Set.of(), 0));
        } else {
            lanes.add(entry);
            posting.copy(entry, message.at());
        }
    }

    /** A session is live: asks after what is held, settles what is not settled, and sends the rest. */
    public void connected(Instant now) {
        journal.connected();
        lanes.connected();
        sealings.resume();
        for (Entry entry : entries.all()) {
            if (entry.toSettle) {
                inquiries.settle(entry, now);
            } else if (entry.phase == Phase.HELD) {
                inquiries.watch(entry, now);
                withdrawals.ask(entry);
            }
        }
    }

    /** The session is gone: nothing that was sent in it counts as answered. */
    public void disconnected() {
        journal.disconnected();
        lanes.disconnected();
        withdrawals.disconnected();
        inquiries.disconnected();
        entries.all().forEach(entry -> entry.firstOfferedHere = false);
    }

    /** The broker has custody. */
    public void held(MessageId id, Instant expires) {
        ifThere(id, entry -> answers.held(entry, expires));
    }

    /** The message has ended. A repetition changes nothing; what is not settled yet is settled by the clock. */
    public void receipt(MessageId id, ReceiptState state, Instant at, boolean settle, Instant now) {
        ifThere(id, entry -> answers.receipt(entry, state, at, settle, now));
    }

    /** The broker's verdict: no copy is left that could go over IP. */
    public void fallbackNow(MessageId id, Instant at, boolean settle, Instant now) {
        ifThere(id, entry -> answers.fallbackNow(entry, at, settle, now));
    }

    /** The broker knows nothing of a watched message: never heard of, or settled. */
    public void unknown(MessageId id, Instant now) {
        ifThere(id, entry -> answers.unknown(entry, now));
    }

    /** The broker refused the frame with a number. */
    public void refused(long ref, Problem problem, Instant now) {
        withdrawals.refused(ref, now);
        Entry entry = lanes.underWay(ref);
        if (entry != null) { // else it was sent again since, or was no send
            answers.refused(entry, problem, now);
        }
    }

    /** What was asked for by {@link OutboxAction.Seal} for a recipient is there, or could not be had. */
    public void sealed(Tag to, SealAnswer sealed, Instant now) {
        posting.sealed(to, sealed, now);
    }

    /** The owner has decided what envelopes waited for. */
    public void sealNow() {
        sealings.resume();
    }

    /**
     * The owner wants a message back.
     *
     * @return whether there is such a message, not ended
     */
    public boolean revoke(MessageId id, Instant now) {
        Entry entry = entries.find(id);
        return entry != null && withdrawals.revoke(entry, now);
    }

    /** The owner opted out: everything ends here. */
    public void abandon(Instant now) {
        disconnected();
        for (Entry entry : entries.all()) {
            if (entry.toSettle) {
                journal.write(new OutboxEvent.Settled(entry.id()));
            }
            entry.abandoned = true;
            if (entry.isOpen()) {
                endings.end(entry, new Outcome.Abandoned(), now, false, now);
            } else {
                endings.forgetIfDone(entry);
            }
        }
    }

    /** The modem has answered. */
    public void smsEnded(MessageId id, SmsResult result, Instant now) {
        ifThere(id, entry -> endings.smsEnded(entry, result, now));
    }

    /** The application knows how the message ended. */
    public void told(MessageId id) {
        endings.told(id);
    }

    /** Time passes. Call it a few times a second while there is something in the outbox. */
    public void tick(Instant now) {
        entries.all().forEach(entry -> ageing.tick(entry, now));
        lanes.tick(now);
    }

    public boolean isEmpty() {
        return entries.size() == 0;
    }

    /** How many messages have not been forgotten. */
    public int size() {
        return entries.size();
    }

    /** How many messages are this phone's custody alone. */
    public int unresolved() {
        return (int) entries.all().stream()
                .filter(entry -> entry.phase == Phase.UNSEALED || entry.isUnanswered())
                .count();
    }

    /** The shortest history that recovers to this outbox. */
    public List<OutboxEvent> history() {
        return entries.history();
    }

    private void ifThere(MessageId id, Consumer<Entry> then) {
        Entry entry = entries.find(id);
        if (entry != null) {
            then.accept(entry);
        }
    }
}
