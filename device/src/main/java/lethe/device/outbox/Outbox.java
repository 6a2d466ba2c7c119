package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import lethe.device.sms.SmsResult;

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
 * on each.
 *
 * <p>One thread at a time. After each call, do what {@link #drain} gives.
 */
public final class Outbox {
    /** How long a broker may take after a deadline before it is asked what it decided. */
    private static final Duration VERDICT = Duration.ofSeconds(2);

    private final OutboxLimits limits;
    private final Entries entries = new Entries();
    private final Lanes lanes;
    private final Questions questions = new Questions();
    private final Copies copies = new Copies();
    private final Sealings sealings;
    private final Map<Long, Entry> revoking = new LinkedHashMap<>();
    private final List<OutboxAction> actions = new ArrayList<>();
    private long lastRef;
    private boolean connected;

    private Outbox(OutboxLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.lanes = new Lanes(limits, random);
        this.sealings = new Sealings(limits, random);
    }

    /**
     * An outbox as the phone's last life left it.
     *
     * @param random for back-off
     * @param history all events that were written, oldest first
     */
    public static Outbox recovered(
            OutboxLimits limits, RandomGenerator random, Collection<OutboxEvent> history, Instant now) {
        Outbox outbox = new Outbox(limits, random);
        history.forEach(outbox.entries::apply);
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
            tellEnded(entry, entry.end.outcome(), entry.end.at(), now);
        } else if (entry.phase == Phase.COPIED) {
            conclude(entry, now, now);
        } else {
            end(entry, new Outcome.BySms(SmsResult.UNKNOWN), now, false, now);
        }
    }

    /** What to do now; afterwards it is taken as done. */
    public List<OutboxAction> drain(Instant now) {
        if (connected) {
            lanes.pump(now, (lane, entry) -> send(lane, entry, now));
            questions.drain(this::say);
            sealings.start(now)
                    .forEach(need -> actions.add(new OutboxAction.Seal(
                            need.letter().message.to(), need.letter().message.body(), need.devices())));
        }
        List<OutboxAction> all = List.copyOf(actions);
        actions.clear();
        return all;
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
        write(new OutboxEvent.Accepted(message));
        Entry entry = entries.get(message.id());
        if (entry.phase == Phase.UNSEALED) {
            sealings.add(new Sealings.Need(entry, Set.of(), 0));
        } else {
            lanes.add(entry);
            copy(entry, message.at());
        }
    }

    /** A session is live: asks after what is held, settles what is not settled, and sends the rest. */
    public void connected(Instant now) {
        connected = true;
        lanes.connected();
        sealings.resume();
        for (Entry entry : entries.all()) {
            if (entry.toSettle) {
                settle(entry, now);
            } else if (entry.phase == Phase.HELD) {
                watch(entry, now);
                revokeIfAsked(entry);
            }
        }
    }

    /** The session is gone: nothing that was sent in it counts as answered. */
    public void disconnected() {
        connected = false;
        lanes.disconnected();
        revoking.clear();
        questions.clear();
        actions.removeIf(OutboxAction.Say.class::isInstance);
    }

    // What the broker says.

    /** The broker has custody. */
    public void held(MessageId id, Instant expires) {
        Entry entry = entries.find(id);
        if (entry != null && entry.isInLane() && entry.phase != Phase.HELD) {
            change(entry, new OutboxEvent.Held(id, expires));
            if (entry.original == null) {
                actions.add(new OutboxAction.TellHeld(id, expires));
            } else if (entry.original.phase == Phase.COPIED && !entry.original.isSilent()) {
                actions.add(new OutboxAction.TellHeld(entry.original.id(), expires));
            }
        }
    }

    /** The message has ended. A repetition changes nothing; what is not settled yet is settled by the clock. */
    public void receipt(MessageId id, ReceiptState state, Instant at, boolean settle, Instant now) {
        Entry entry = entries.find(id);
        if (entry == null || !entry.isInLane() || !state.isTerminal()) {
            return;
        }
        if (state == ReceiptState.LOST && !entry.isPastLifetime(now)) {
            offerAnew(entry, settle, now);
        } else {
            end(entry, new Outcome.Receipted(state), at, settle, now);
            settle(entry, now);
        }
    }

    /** The broker cannot produce it any more. It is offered anew, after the broker has dropped the receipt. */
    private void offerAnew(Entry entry, boolean settle, Instant now) {
        if (settle) {
            questions.settle(entry.message.to(), entry.id());
            questions.drain(this::say);
        }
        if (entry.phase == Phase.HELD) {
            write(new OutboxEvent.Unheld(entry.id()));
            lanes.unheld(entry);
        }
        lanes.refused(lanes.of(entry), Duration.ZERO, now);
    }

    /** The broker's verdict: no copy is left that could go over IP. */
    public void fallbackNow(MessageId id, Instant at, boolean settle, Instant now) {
        Entry entry = entries.find(id);
        if (entry == null || !entry.isInLane()) {
            return;
        }
        fallBack(entry, at, settle, now);
        settle(entry, now);
    }

    /** An SMS, unless there is no text for one, or a copy for another device may still go over IP. */
    private void fallBack(Entry entry, Instant at, boolean settle, Instant now) {
        if (entry.message.sms() == null || entry.original != null) {
            end(entry, new Outcome.Receipted(ReceiptState.REVOKED), at, settle, now);
        } else {
            toModem(entry, settle, now);
        }
    }

    /** The broker knows nothing of a watched message: never heard of, or settled. */
    public void unknown(MessageId id, Instant now) {
        Entry entry = entries.find(id);
        if (entry == null) {
            return;
        }
        if (entry.toSettle) {
            write(new OutboxEvent.Settled(id));
            forgetIfDone(entry);
        } else if (entry.isInLane() && entry.isPastLifetime(now)) {
            end(entry, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        } else if (entry.phase == Phase.HELD) {
            write(new OutboxEvent.Unheld(id));
            lanes.unheld(entry);
            lanes.rewind(entry);
        } else if (entry.phase == Phase.UNDER_WAY) {
            lanes.rewind(entry);
        }
    }

    /** The broker refused the frame with a number. */
    public void refused(long ref, Problem problem, Instant now) {
        Entry revoked = revoking.remove(ref);
        if (revoked != null && revoked.isInLane()) {
            watch(revoked, now);
        }
        Entry entry = lanes.underWay(ref);
        if (entry == null) {
            return; // it was sent again since, or was no send
        }
        if (problem.type() == ProblemType.DEVICES_DIFFER
                && !problem.difference().devices().isEmpty()
                && (entry.message.device() == null || entry.original != null)) {
            copies.learn(entry.message.to(), problem.difference());
            copyFromOn(entry, problem, now);
            return;
        }
        if (isForGood(problem.type())) {
            end(entry, new Outcome.Refused(problem), now, false, now);
            return;
        }
        Lane lane = lanes.of(entry);
        if (problem.type() == ProblemType.OUT_OF_ORDER) {
            lane.entries().stream().filter(one -> one.phase == Phase.HELD).forEach(held -> watch(held, now));
        }
        Duration retryAfter = problem.retryAfter();
        lanes.refused(lane, retryAfter == null ? Duration.ZERO : retryAfter, now);
    }

    /** Whether a refusal is about this very message and will be repeated for ever. */
    private static boolean isForGood(ProblemType type) {
        return switch (type) {
            case NOT_AUTHENTIC, REPLAYED, NO_CONSENT, CONSENT_REFUSED, OUT_OF_TURN -> false; // about this phone
            default -> !type.retryable();
        };
    }

    // What is said of envelopes.

    /** What was asked for by {@link OutboxAction.Seal} for a recipient is there, or could not be had. */
    public void sealed(Tag to, SealAnswer sealed, Instant now) {
        Sealings.Need need = sealings.underWay(to);
        if (need == null) {
            return;
        }
        Entry letter = need.letter();
        boolean wanted = letter.phase == Phase.UNSEALED
                || (need.attempt() == 0 && letter.phase == Phase.COPIED)
                || !Copies.owed(letter).isEmpty();
        if (wanted && isNotNow(sealed, letter)) {
            sealings.failed(to, sealed instanceof SealAnswer.NotNow notNow ? notNow.retryAfter() : null, now);
            return;
        }
        sealings.answered(to);
        if (wanted && sealed instanceof SealAnswer.Envelopes envelopes) {
            post(need, envelopes, now);
        }
        if (letter.phase == Phase.UNSEALED) {
            endUnsealed(letter, sealed, now);
        } else if (wanted && need.attempt() > 0) {
            giveUp(letter, need, now);
        }
    }

    /** Whether nothing came of it that changes anything: not even one device has left prekeys. */
    private static boolean isNotNow(SealAnswer sealed, Entry letter) {
        return sealed instanceof SealAnswer.NotNow
                || (letter.phase == Phase.UNSEALED
                        && sealed instanceof SealAnswer.Envelopes envelopes
                        && envelopes.envelopes().isEmpty());
    }

    private void post(Sealings.Need need, SealAnswer.Envelopes sealed, Instant now) {
        Entry letter = need.letter();
        copies.learn(
                letter.message.to(), new Difference(sealed.list(), sealed.devices(), List.of(), List.of(), List.of()));
        List<DeviceId> wanting = need.attempt() == 0 ? copies.needed(letter) : Copies.owed(letter);
        for (DeviceId device : wanting) {
            Opaque envelope = sealed.envelopes().get(device);
            if (envelope != null) {
                copy(letter, new OutboxEvent.Copied(letter.id(), device, need.attempt(), envelope), now);
            }
        }
    }

    private void endUnsealed(Entry letter, SealAnswer sealed, Instant now) {
        if (sealed instanceof SealAnswer.TooLarge) {
            end(letter, new Outcome.Refused(Problem.of(ProblemType.TOO_LARGE)), now, false, now);
        } else if (letter.message.sms() != null) {
            toModem(letter, false, now);
        } else {
            end(letter, new Outcome.Receipted(ReceiptState.REJECTED), now, false, now);
        }
    }

    /** A device could not open what it got, and there is no envelope for it that it could. */
    private void giveUp(Entry letter, Sealings.Need need, Instant now) {
        for (DeviceId device : Copies.owed(letter)) {
            if (need.devices().contains(device)) {
                Opaque nothing = Opaque.empty();
                Entry copy = copy(letter, new OutboxEvent.Copied(letter.id(), device, need.attempt(), nothing), now);
                end(copy, Copies.UNDECRYPTABLE, now, false, now);
            }
        }
    }

    /** The owner has decided what envelopes waited for. */
    public void sealNow() {
        sealings.resume();
    }

    // What owner, modem, application and clock say.

    /**
     * The owner wants a message back.
     *
     * @return whether there is such a message, not ended
     */
    public boolean revoke(MessageId id, Instant now) {
        Entry entry = entries.find(id);
        if (entry == null || !entry.isOpen()) {
            return false;
        }
        if (entry.phase == Phase.COPIED) {
            if (!entry.revokeAsked) {
                write(new OutboxEvent.RevokeAsked(id));
            }
            List.copyOf(entry.copies).forEach(copy -> revoke(copy.id(), now));
        } else if (!entry.isOffered()) {
            end(entry, new Outcome.Receipted(ReceiptState.REVOKED), now, false, now);
        } else if (!entry.revokeAsked) {
            write(new OutboxEvent.RevokeAsked(id));
            if (connected && entry.phase != Phase.WAITING) {
                revokeIfAsked(entry);
            }
        }
        return true;
    }

    /** The owner opted out: everything ends here. */
    public void abandon(Instant now) {
        disconnected();
        for (Entry entry : entries.all()) {
            if (entry.toSettle) {
                write(new OutboxEvent.Settled(entry.id()));
            }
            if (entry.isOpen()) {
                end(entry, new Outcome.Abandoned(), now, false, now);
            } else {
                forgetIfDone(entry);
            }
        }
    }

    /** The modem has answered. */
    public void smsEnded(MessageId id, SmsResult result, Instant now) {
        Entry entry = entries.find(id);
        if (entry != null && entry.phase == Phase.AT_MODEM) {
            end(entry, new Outcome.BySms(result), now, false, now);
        }
    }

    /** The application knows how the message ended. */
    public void told(MessageId id) {
        Entry entry = entries.find(id);
        if (entry != null && entry.phase == Phase.OVER) {
            entry.told = true;
            forgetIfDone(entry);
        }
    }

    /** Time passes. Call it a few times a second while there is something in the outbox. */
    public void tick(Instant now) {
        entries.all().forEach(entry -> tick(entry, now));
        lanes.tick(now);
    }

    private void tick(Entry entry, Instant now) {
        if (entry.phase == Phase.AT_MODEM && entry.smsAt != null && !now.isBefore(entry.smsAt.plus(limits.modem()))) {
            end(entry, new Outcome.BySms(SmsResult.UNKNOWN), now, false, now);
        } else if (entry.phase == Phase.UNSEALED) {
            tickUnsealed(entry, now);
        } else if (entry.phase == Phase.WAITING && isWithNobody(entry)) {
            tickUnoffered(entry, now);
        } else if (entry.toSettle && entry.wasAskedBefore(now.minus(limits.answer()))) {
            settle(entry, now);
        } else if (entry.phase == Phase.UNDER_WAY && entry.wasAskedBefore(now.minus(limits.answer()))) {
            watch(entry, now);
        } else if (entry.phase == Phase.HELD && entry.wasAskedBefore(staleSince(entry, now))) {
            watch(entry, now);
        }
    }

    /**
     * What was last asked before this is asked again. When a verdict is overdue, that is at once and then often: the
     * recipient's actor may have moved, and does not know then that this phone waits for it.
     */
    private Instant staleSince(Entry entry, Instant now) {
        Instant deadline = entry.message.deadline();
        Instant overdue = deadline == null ? Instant.MAX : deadline.plus(VERDICT);
        if (now.isBefore(overdue)) {
            return now.minus(limits.watchAgain());
        }
        Instant answer = now.minus(limits.answer());
        return answer.isBefore(overdue) ? overdue : answer;
    }

    /** A copy of what was offered before it needed copies is not: under its own id a device may have got it. */
    private static boolean isWithNobody(Entry entry) {
        return !entry.isOffered() && (entry.original == null || !entry.original.isOffered());
    }

    /** Nobody else has a copy: this phone decides alone. */
    private void tickUnoffered(Entry entry, Instant now) {
        if (entry.message.terms().fallback() == Fallback.DEVICE && entry.message.isPastDeadline(now)) {
            fallBack(entry, now, false, now);
        } else if (!connected && entry.message.isPastTtl(now)) {
            end(entry, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        }
    }

    /** As the others; but it ends also while connected, for nobody else knows of it. */
    private void tickUnsealed(Entry letter, Instant now) {
        Duration ttl = letter.message.terms().ttl();
        Duration life = ttl == null ? Terms.USUAL_TTL : ttl;
        Duration sealing = connected && life.compareTo(limits.answer()) < 0 ? limits.answer() : life;
        tickUnoffered(letter, now);
        if (letter.phase == Phase.UNSEALED && !now.isBefore(letter.message.at().plus(sealing))) {
            end(letter, new Outcome.Receipted(ReceiptState.EXPIRED), now, false, now);
        }
    }

    // What is in it.

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

    // How it is done.

    private void send(Lane lane, Entry entry, Instant now) {
        Instant expires = entry.expires();
        entry.ref = ++lastRef;
        lanes.sent(entry);
        if (entry.isPastLifetime(now)) {
            watch(entry, now);
        } else {
            if (!entry.isOffered()) {
                write(new OutboxEvent.Offered(entry.id(), now));
            }
            entry.askedAt = now;
            say(entry.message.toSend(entry.ref, lane.before(entry), expires, copies.list(entry), now));
        }
        revokeIfAsked(entry);
    }

    private void revokeIfAsked(Entry entry) {
        if (entry.revokeAsked) {
            long ref = ++lastRef;
            revoking.put(ref, entry);
            say(new ClientFrame.Revoke(ref, entry.message.to(), entry.id()));
        }
    }

    private void watch(Entry entry, Instant now) {
        if (connected) {
            entry.askedAt = now;
            questions.watch(entry.message.to(), entry.id());
        }
    }

    /** Settles a receipt if the broker keeps it, and asks after it: only {@code unknown} proves that it is gone. */
    private void settle(Entry entry, Instant now) {
        if (connected && entry.toSettle) {
            questions.settle(entry.message.to(), entry.id());
            watch(entry, now);
        }
    }

    private void toModem(Entry entry, boolean settle, Instant now) {
        change(entry, new OutboxEvent.SmsStarted(entry.id(), now, settle));
        sealings.drop(entry);
        if (entry.message.sms() != null) {
            actions.add(new OutboxAction.HandToModem(entry.id(), entry.message.sms()));
        }
    }

    private void end(Entry entry, Outcome outcome, Instant at, boolean settle, Instant now) {
        change(entry, new OutboxEvent.Ended(entry.id(), outcome, at, settle));
        sealings.drop(entry);
        tellEnded(entry, outcome, at, now);
    }

    private void tellEnded(Entry entry, Outcome outcome, Instant at, Instant now) {
        if (entry.original != null) {
            conclude(entry.original, at, now);
        } else if (entry.isSilent()) {
            told(entry.id());
        } else {
            actions.add(new OutboxAction.TellEnded(entry.id(), outcome, at));
        }
    }

    /** A copy has ended: so may have what it is a copy of. */
    private void conclude(Entry original, Instant at, Instant now) {
        Copies.owed(original).forEach(device -> sealings.add(new Sealings.Need(original, Set.of(device), 1)));
        if (original.phase == Phase.COPIED) {
            Copies.verdict(original).ifPresent(verdict -> {
                if (verdict instanceof Copies.Verdict.Ends ends) {
                    end(original, ends.outcome(), at, false, now);
                } else {
                    toModem(original, false, now);
                }
            });
        } else {
            forgetIfDone(original);
        }
    }

    private void forgetIfDone(Entry entry) {
        if (entry.original != null) {
            forgetIfDone(entry.original);
        } else if (entries.find(entry.id()) != null
                && entry.told
                && entry.isDone()
                && Copies.owed(entry).isEmpty()
                && entry.copies.stream().allMatch(Entry::isDone)) {
            write(new OutboxEvent.Forgotten(entry.id()));
        }
    }

    /** The recipient has other devices than was known: so each message from a refused one on gets copies for these. */
    private void copyFromOn(Entry refused, Problem problem, Instant now) {
        for (Entry entry : entries.all()) {
            if (!entry.message.to().equals(refused.message.to())) {
                continue;
            }
            if (entry.phase == Phase.COPIED && entry.copies.stream().anyMatch(Entry::isUnanswered)) {
                copy(entry, now);
            } else if (entry.original == null && entry.isUnanswered() && entry.number >= refused.number) {
                copy(entry, now);
            }
            // A broker that was offered another one may have it, and will say so.
            entry.copies.stream()
                    .filter(copy -> copy == refused || !copy.isOffered())
                    .filter(copy -> copy.isUnanswered() && copies.isForNobody(copy))
                    .toList()
                    .forEach(copy -> end(copy, new Outcome.Refused(problem), now, false, now));
        }
        if (refused.isInLane()) {
            lanes.refused(lanes.of(refused), Duration.ZERO, now);
        }
    }

    /** Makes the copies that a message needs and does not have. */
    private void copy(Entry entry, Instant now) {
        List<DeviceId> devices = copies.needed(entry);
        if (entry.message.handling().isSealed()) {
            if (!devices.isEmpty()) {
                sealings.add(new Sealings.Need(entry, Set.copyOf(devices), 0));
            }
        } else {
            devices.forEach(device -> copy(entry, new OutboxEvent.Copied(entry.id(), device, 0, null), now));
        }
    }

    private Entry copy(Entry entry, OutboxEvent.Copied copied, Instant now) {
        change(entry, copied);
        Entry copy = entry.copies.get(entry.copies.size() - 1);
        lanes.add(copy);
        if (entry.revokeAsked) {
            revoke(copy.id(), now);
        }
        return copy;
    }

    /** Writes an event after which a message may have left its lane. */
    private void change(Entry entry, OutboxEvent event) {
        Phase from = entry.phase;
        boolean inLane = entry.isInLane();
        write(event);
        if (inLane) {
            lanes.answered(entry, from);
        }
    }

    private void write(OutboxEvent event) {
        entries.apply(event);
        actions.add(new OutboxAction.Write(event));
    }

    private void say(ClientFrame frame) {
        if (connected) {
            actions.add(new OutboxAction.Say(frame));
        }
    }
}
