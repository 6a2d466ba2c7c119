package lethe.broker.subscriber;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.SubscriberCommand.Deliver;
import lethe.broker.subscriber.SubscriberCommand.Revoke;
import lethe.broker.subscriber.SubscriberCommand.Watch;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Problem;
import lethe.core.queue.Waiting;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Admission;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Rejection;
import lethe.core.subscriber.Standing;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Where messages come in: what senders want of a subscriber. */
final class Intake {
    private final Registration registration;
    private final Senders senders;
    private final Deliveries<Watcher> deliveries;
    private final Sessions sessions;
    private final Pollers pollers;
    private final Custody custody;
    private final Duration holdWindow;
    private final Alarm alarm;
    private final Pressure pressure;
    private final Limits limits;

    Intake(
            Registration registration,
            Senders senders,
            Deliveries<Watcher> deliveries,
            Sessions sessions,
            Pollers pollers,
            Custody custody,
            Alarm alarm,
            Commons commons) {
        this.registration = registration;
        this.senders = senders;
        this.deliveries = deliveries;
        this.sessions = sessions;
        this.pollers = pollers;
        this.custody = custody;
        this.holdWindow = commons.settings().holdWindow();
        this.alarm = alarm;
        this.pressure = commons.pressure();
        this.limits = commons.limits();
    }

    /**
     * What is already under way goes first: it can only leave. Senders' own threads may be in time when this is not,
     * and what comes over HTTP passes none of them.
     */
    ReplyEffect<SubscriberEvent, SubscriberState> deliver(Deliver command, Instant now) {
        if (pressure.isBehind() && (sessions.isAnyoneConnected() || pressure.isFarBehind())) {
            command.refuse();
            return Effects.nothing();
        }
        Optional<Problem> objection = senders.objection(command, now);
        if (objection.isPresent()) {
            command.watcher().refused(command.envelope().id(), objection.get());
            return Effects.nothing();
        }
        if (!registration.holds()) {
            return turnAway(command, now);
        }
        if (senders.isBlocked(command) && isNew(command.envelope().id())) {
            senders.leadNowhere(command);
            return Effects.nothing();
        }
        Admission<Watcher> admission = deliveries.admit(
                command.envelope(), command.to(), command.after(), command.sender(), command.watcher(), now);
        if (admission instanceof Admission.Admitted<Watcher> admitted) {
            return handOn(admitted.device(), admitted.waiting(), now);
        }
        if (admission instanceof Admission.AlreadyWaiting<Watcher> already) {
            if (already.waiting().isStored()) {
                command.watcher().isHeld(already.waiting());
            }
        } else if (admission instanceof Admission.Over<Watcher> over) {
            command.watcher().ended(over.receipt(), over.settle());
        } else if (admission instanceof Admission.Refused<Watcher> refused) {
            limits.refused(refused.problem());
            command.watcher().refused(command.envelope().id(), refused.problem());
        }
        return Effects.nothing();
    }

    /** Whether nobody has been told anything of a message that would still hold. */
    private boolean isNew(MessageId id) {
        Standing<Watcher> standing = deliveries.standing(id);
        return standing instanceof Standing.HasEnded<Watcher> known
                ? known.receipt().state() == ReceiptState.LOST
                : standing instanceof Standing.IsUnknown<Watcher>;
    }

    /** Nothing is taken without a consent that holds; and what was taken under an older one does not stay either. */
    private ReplyEffect<SubscriberEvent, SubscriberState> turnAway(Deliver command, Instant now) {
        return custody.conclude(deliveries.expel(now), () -> {
            if (deliveries.standing(command.envelope().id()) instanceof Standing.HasEnded<Watcher> known
                    && known.receipt().state() != ReceiptState.LOST) {
                command.watcher().ended(known.receipt(), known.settle());
            } else {
                command.watcher().ended(Rejection.of(command.envelope(), now), false);
            }
        });
    }

    /**
     * Gives a new message to whoever is there for the device: its socket, its poll, or both. The device drops what it
     * gets twice, and a socket may be full while the poll waits.
     */
    private ReplyEffect<SubscriberEvent, SubscriberState> handOn(
            DeviceId device, Waiting<Watcher> waiting, Instant now) {
        boolean offered = sessions.offer(device, waiting);
        boolean polled = pollers.isAnyoneWaiting() && pollers.serve(device, deliveries.queue(device));
        Instant due = waiting.envelope().due();
        if (offered || polled) {
            Instant holdEnds = now.plus(holdWindow);
            alarm.noLaterThan(holdEnds.isBefore(due) ? holdEnds : due);
            return Effects.nothing();
        }
        if (waiting.livesAtMost(holdWindow)) {
            return custody.conclude(List.of(deliveries.end(waiting, ReceiptState.EXPIRED, now)), Custody.DONE);
        }
        alarm.noLaterThan(due);
        custody.storeSoon();
        return Effects.nothing();
    }

    ReplyEffect<SubscriberEvent, SubscriberState> watch(Watch command) {
        for (MessageId id : command.ids()) {
            Standing<Watcher> standing = deliveries.standing(id);
            if (standing instanceof Standing.IsWaiting<Watcher> is) {
                is.waiting().watchedBy(command.watcher());
                if (is.waiting().isStored()) {
                    command.watcher().isHeld(is.waiting());
                }
            } else {
                tellEnd(standing, id, command.watcher());
            }
        }
        return Effects.nothing();
    }

    ReplyEffect<SubscriberEvent, SubscriberState> revoke(Revoke command, Instant now) {
        Standing<Watcher> standing = deliveries.standing(command.id());
        if (standing instanceof Standing.IsWaiting<Watcher> is) {
            is.waiting().watchedBy(command.watcher());
            return custody.conclude(List.of(deliveries.withdraw(is.waiting(), now)), Custody.DONE);
        }
        tellEnd(standing, command.id(), command.watcher());
        return Effects.nothing();
    }

    private static void tellEnd(Standing<Watcher> standing, MessageId id, Watcher watcher) {
        if (standing instanceof Standing.HasEnded<Watcher> has) {
            watcher.ended(has.receipt(), has.settle());
        } else {
            watcher.unknown(id);
        }
    }
}
