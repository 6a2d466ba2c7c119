package lethe.device.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.receipt.ReceiptState;
import lethe.device.outbox.Entry.Phase;
import org.jspecify.annotations.Nullable;

/** Makes of a message the copies, and of a letter the envelopes, that the recipient's devices need. */
final class Posting {
    private final Journal journal;
    private final Lanes lanes;
    private final Copies copies;
    private final Sealings sealings;
    private final Endings endings;
    private final Withdrawals withdrawals;

    Posting(Journal journal, Lanes lanes, Copies copies, Sealings sealings, Endings endings, Withdrawals withdrawals) {
        this.journal = journal;
        this.lanes = lanes;
        this.copies = copies;
        this.sealings = sealings;
        this.endings = endings;
        this.withdrawals = withdrawals;
    }

    /** Makes the copies that a message needs and does not have. */
    void copy(Entry entry, Instant now) {
        copyAfter(null, entry, now);
    }

    private void copyAfter(@Nullable Entry refused, Entry entry, Instant now) {
        List<DeviceId> devices = copies.needed(entry);
        if (entry.message.handling().isSealed()) {
            if (!devices.isEmpty()) {
                sealings.add(new Sealings.Need(entry, Set.copyOf(devices), 0));
            }
        } else {
            devices.forEach(device -> copy(entry, copied(entry, refused, device, 0, null), now));
        }
    }

    /** One copy has the capsule: the first. The others become no SMS. */
    private OutboxEvent.Copied copied(
            Entry entry, @Nullable Entry refused, DeviceId device, int attempt, @Nullable Opaque envelope) {
        OutboxEvent.Copied copied = new OutboxEvent.Copied(entry.id(), device, attempt, envelope);
        return entry.isForGateway() && copies.mayBecomeSms(entry, refused)
                ? copied.withoutDeadline(envelope == null ? entry.message.body() : envelope)
                : copied;
    }

    private Entry copy(Entry entry, OutboxEvent.Copied copied, Instant now) {
        endings.change(entry, copied);
        Entry copy = entry.copies.get(entry.copies.size() - 1);
        lanes.add(copy);
        if (entry.revokeAsked) {
            withdrawals.revoke(copy, now);
        }
        return copy;
    }

    /** The recipient has other devices than was known: so each message from a refused one on gets copies for these. */
    void copyFromOn(Entry refused, Problem problem, Instant now) {
        copies.learn(refused.message.to(), problem.difference());
        for (Entry entry : journal.entries().all()) {
            if (!entry.message.to().equals(refused.message.to())) {
                continue;
            }
            if (entry.phase == Phase.COPIED && entry.copies.stream().anyMatch(Entry::isUnanswered)) {
                copyAfter(refused, entry, now);
            } else if (entry.original == null && entry.isUnanswered() && entry.number >= refused.number) {
                copyAfter(refused, entry, now);
            }
            // A broker that was offered another one may have it, and will say so.
            entry.copies.stream()
                    .filter(copy -> copy == refused || !copy.isOffered())
                    .filter(copy -> copy.isUnanswered() && copies.isForNobody(copy))
                    .toList()
                    .forEach(copy -> endings.end(copy, forNobody(copy, problem), now, false, now));
        }
        if (refused.isInLane()) {
            lanes.refused(lanes.of(refused), Duration.ZERO, now);
        }
    }

    /** Of what was offered on an earlier connection nobody can tell: a device that has gone may have had it. */
    private static Outcome forNobody(Entry copy, Problem problem) {
        return copy.isOffered() && !copy.firstOfferedHere
                ? new Outcome.Receipted(ReceiptState.EXPIRED)
                : new Outcome.Refused(problem);
    }

    /** What was to be sealed for a recipient is there, or could not be had. */
    void sealed(Tag to, SealAnswer sealed, Instant now) {
        Sealings.Need need = sealings.underWay(to);
        if (need == null) {
            return;
        }
        Entry letter = need.letter();
        boolean wanted = need.isWanted();
        if (wanted && isNotNow(sealed, letter)) {
            sealings.failed(to, sealed instanceof SealAnswer.NotNow notNow ? notNow.retryAfter() : null, now);
            if (letter.phase == Phase.COPIED && sealed instanceof SealAnswer.Envelopes none) {
                learn(letter, none);
                sealings.insteadFor(to, copies.needed(letter));
            }
            return;
        }
        sealings.answered(to);
        if (wanted && sealed instanceof SealAnswer.Envelopes envelopes) {
            post(need, envelopes, now);
        }
        if (letter.phase == Phase.UNSEALED) {
            endUnsealed(letter, sealed, now);
        } else if (wanted && need.attempt() > 0) {
            giveUp(letter, need.devices(), now);
        } else if (wanted) {
            endings.conclude(letter, now, now);
        }
    }

    /** Whether nothing came of it that changes anything: not even one device has left prekeys. */
    private static boolean isNotNow(SealAnswer sealed, Entry letter) {
        boolean needed = letter.phase == Phase.UNSEALED || Copies.isForOthers(letter);
        return sealed instanceof SealAnswer.NotNow
                || (needed
                        && sealed instanceof SealAnswer.Envelopes envelopes
                        && envelopes.envelopes().isEmpty());
    }

    private void post(Sealings.Need need, SealAnswer.Envelopes sealed, Instant now) {
        Entry letter = need.letter();
        learn(letter, sealed);
        List<DeviceId> wanting = need.attempt() == 0 ? copies.needed(letter) : Copies.owed(letter);
        for (DeviceId device : wanting) {
            Opaque envelope = sealed.envelopes().get(device);
            if (envelope != null) {
                copy(letter, copied(letter, null, device, need.attempt(), envelope), now);
            }
        }
    }

    private void learn(Entry letter, SealAnswer.Envelopes sealed) {
        copies.learn(
                letter.message.to(), new Difference(sealed.list(), sealed.devices(), List.of(), List.of(), List.of()));
    }

    private void endUnsealed(Entry letter, SealAnswer sealed, Instant now) {
        if (sealed instanceof SealAnswer.TooLarge) {
            endings.end(letter, new Outcome.Refused(Problem.of(ProblemType.TOO_LARGE)), now, false, now);
        } else if (letter.message.terms().fallback() == Fallback.DEVICE) {
            endings.toModem(letter, false, now);
        } else {
            endings.end(letter, new Outcome.Receipted(ReceiptState.REJECTED), now, false, now);
        }
    }

    /** Devices could not open what they got, and there is no envelope for them that they could. */
    void giveUp(Entry letter, Collection<DeviceId> devices, Instant now) {
        for (DeviceId device : Copies.owed(letter)) {
            if (devices.contains(device)) {
                Opaque nothing = Opaque.empty();
                Entry copy = copy(letter, new OutboxEvent.Copied(letter.id(), device, 1, nothing), now);
                endings.end(copy, Copies.UNDECRYPTABLE, now, false, now);
            }
        }
    }
}
