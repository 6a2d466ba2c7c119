package lethe.loadtest.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ClientFrame.Resume;
import lethe.core.queue.Bounds;
import lethe.core.queue.Envelope;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Admission;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.Rejection;
import lethe.core.subscriber.Standing;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/**
 * A recovered subscriber at work: what the broker's actor does around the core, for one device. Leaves out proof of who
 * asks, policy epochs, several devices and accounts, blocks, prekeys, and polls over HTTP.
 */
final class Desk {
    /** Small, so that they are hit. */
    private static final Bounds BOUNDS = new Bounds(40, 4 << 10, 2);

    private static final int CREDIT = 8;

    private final World world;
    private final Owner owner;
    private final SubscriberState state;
    private final Deliveries<Watcher> deliveries;
    private final Custody custody;
    private final Alarm alarm;
    private @Nullable Attachment attachment;

    Desk(World world, Owner owner, SubscriberState state) {
        this.world = world;
        this.owner = owner;
        this.state = state;
        this.deliveries = Deliveries.of(state, BOUNDS, now());
        this.alarm = new Alarm(owner, Desk::tick);
        this.custody = new Custody(world, owner, this, state, deliveries, alarm);
    }

    Instant now() {
        return owner.node().clock().instant();
    }

    void open() {
        alarm.noLaterThan(deliveries.nextDue());
    }

    /** Whether the device has a live session. */
    boolean isConnected() {
        return attachment != null && attachment.isLive();
    }

    private boolean holds() {
        return state.agreed().isPresent();
    }

    void deliver(Envelope envelope, @Nullable MessageId after, long sender, Watcher watcher) {
        Instant now = now();
        if (!holds()) {
            custody.conclude(deliveries.expel(now), List.of(), () -> turnAway(envelope, watcher, now));
            return;
        }
        MessageId before = world.plan().has(Plant.ANY_PREDECESSOR) ? null : after;
        Admission<Watcher> admission = deliveries.admit(envelope, Addressee.ONLY, before, sender, watcher, now);
        if (admission instanceof Admission.Admitted<Watcher> admitted) {
            handOn(admitted.waiting(), now);
        } else if (admission instanceof Admission.AlreadyWaiting<Watcher> already) {
            if (already.waiting().isStored()) {
                watcher.isHeld(owner, already.waiting());
            }
        } else if (admission instanceof Admission.Over<Watcher> over) {
            watcher.ended(owner, over.receipt(), over.settle());
        } else if (admission instanceof Admission.Refused<Watcher> refused) {
            watcher.refused(owner, refused.problem());
        }
    }

    private void turnAway(Envelope envelope, Watcher watcher, Instant now) {
        if (deliveries.standing(envelope.id()) instanceof Standing.HasEnded<Watcher> known
                && known.receipt().state() != ReceiptState.LOST) {
            watcher.ended(owner, known.receipt(), known.settle());
        } else {
            world.truth().turnedAway(envelope.id());
            watcher.ended(owner, Rejection.of(envelope, now), false);
        }
    }

    private void handOn(Waiting<Watcher> waiting, Instant now) {
        Instant due = waiting.envelope().due();
        if (attachment != null && attachment.isLive()) {
            attachment.offer(waiting);
            Instant holdEnds = now.plus(Custody.HOLD_WINDOW);
            alarm.noLaterThan(holdEnds.isBefore(due) ? holdEnds : due);
        } else if (waiting.livesAtMost(Custody.HOLD_WINDOW)) {
            custody.conclude(List.of(deliveries.end(waiting, ReceiptState.EXPIRED, now)), List.of(), () -> {});
        } else {
            alarm.noLaterThan(due);
            custody.storeSoon();
        }
    }

    void watch(List<MessageId> ids, Watcher watcher) {
        for (MessageId id : ids) {
            Standing<Watcher> standing = deliveries.standing(id);
            if (standing instanceof Standing.IsWaiting<Watcher> is) {
                is.waiting().watchedBy(watcher);
                if (is.waiting().isStored()) {
                    watcher.isHeld(owner, is.waiting());
                }
            } else {
                tellEnd(standing, id, watcher);
            }
        }
    }

    private void tellEnd(Standing<Watcher> standing, MessageId id, Watcher watcher) {
        if (standing instanceof Standing.HasEnded<Watcher> has) {
            watcher.ended(owner, has.receipt(), has.settle());
        } else {
            watcher.unknown(owner, id);
        }
    }

    void settle(List<MessageId> ids) {
        custody.settle(ids);
    }

    void revoke(MessageId id, Watcher watcher) {
        Standing<Watcher> standing = deliveries.standing(id);
        if (standing instanceof Standing.IsWaiting<Watcher> is) {
            is.waiting().watchedBy(watcher);
            custody.conclude(List.of(deliveries.withdraw(is.waiting(), now())), List.of(), () -> {});
        } else {
            tellEnd(standing, id, watcher);
        }
    }

    /** The phone connects. A connection that it opened before the present one comes too late. */
    void attach(Session session, @Nullable Resume resume) {
        Attachment former = attachment;
        if (!holds()) {
            session.refuse(owner);
        } else if (former != null
                && former.isLive()
                && former.session().opened().isAfter(session.opened())) {
            session.leave(owner);
        } else {
            Optional<Window<Watcher>> resumed = Optional.ofNullable(former)
                    .filter(one -> resume != null && one.session().id().equals(resume.session()))
                    .map(Attachment::window)
                    .filter(window -> resume != null && !window.isAhead(resume.acked()));
            List<Ended<Watcher>> had = resumed.isPresent() && resume != null
                    ? delivered(resumed.get().acknowledge(resume.acked(), List.of()))
                    : List.of();
            custody.conclude(had, List.of(), () -> enter(session, resumed.isPresent()));
        }
    }

    private void enter(Session session, boolean resumed) {
        Attachment former = attachment;
        if (former != null && former.isLive()) {
            former.leave();
            former.session().leave(owner);
        }
        int limit = 2 * CREDIT;
        Window<Watcher> window = new Window<>(queue(), CREDIT, limit);
        attachment = new Attachment(owner, session, window);
        session.attached(owner, resumed);
        attachment.push();
    }

    private List<Waiting<Watcher>> queue() {
        return new ArrayList<>(
                deliveries.entries(world.phone(owner.subscriber()).device()));
    }

    void detach(Session session) {
        if (attachment != null && attachment.isLive() && attachment.session() == session) {
            attachment.leave();
            custody.storeSoon();
        }
    }

    void acknowledge(Session session, long upto) {
        if (attachment != null && attachment.isLive() && attachment.session() == session) {
            Window<Watcher> window = attachment.window();
            if (!window.isAhead(upto)) {
                custody.conclude(delivered(window.acknowledge(upto, List.of())), List.of(), () -> {});
            }
        }
    }

    private List<Ended<Watcher>> delivered(List<Waiting<Watcher>> all) {
        Instant now = now();
        return all.stream()
                .map(waiting -> deliveries.end(waiting, ReceiptState.DELIVERED, now))
                .toList();
    }

    /** Lets the phone have what its window allows. */
    void push() {
        if (attachment != null) {
            attachment.push();
        }
    }

    private void tick() {
        custody.conclude(deliveries.due(now()), List.of(), () -> {
            alarm.noLaterThan(deliveries.nextDue());
            custody.watch();
        });
    }

    /** Somebody found that something is stored here which must be looked after. */
    void wake() {
        Instant now = now();
        boolean idle = state.held().isEmpty() && state.lost().isEmpty();
        custody.conclude(deliveries.due(now), idle ? List.of() : List.of(new SubscriberEvent.Woken(now)), () -> {});
    }

    void optIn(Runnable answer) {
        Phone phone = world.phone(owner.subscriber());
        owner.persist(state, List.of(new SubscriberEvent.OptedIn(phone.consent(), phone.account())), answer);
    }

    void optOut(Runnable answer) {
        if (!holds() || world.plan().has(Plant.DEAF_TO_OPT_OUT)) {
            answer.run();
        } else {
            noteErasure();
            owner.persist(state, List.of(new SubscriberEvent.OptedOut()), () -> {
                noteErasure();
                erase();
                answer.run();
            });
        }
    }

    private void noteErasure() {
        world.truth()
                .erased(
                        world.phone(owner.subscriber()).name(),
                        world.chronicle().nanos());
    }

    private void erase() {
        Instant now = now();
        dismiss();
        for (Waiting<Watcher> waiting : deliveries.clear()) {
            Watcher watcher = waiting.watcher();
            if (watcher != null) {
                watcher.ended(owner, Rejection.of(waiting.envelope(), now), false);
            }
        }
    }

    /** The phone's session ends, as it does with its owner. */
    void dismiss() {
        if (attachment != null && attachment.isLive()) {
            attachment.leave();
            attachment.session().leave(owner);
        }
        attachment = null;
    }

    /** The owner has died with its node. */
    void bereave() {
        if (attachment != null && attachment.isLive()) {
            attachment.session().bereave(owner);
        }
    }

    /** The owner must go: everything that waits is stored, if it lives longer than a moment. */
    void storeAll(Runnable then) {
        dismiss();
        custody.store(Duration.ZERO, then);
    }
}
