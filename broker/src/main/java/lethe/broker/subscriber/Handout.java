package lethe.broker.subscriber;

import akka.actor.typed.javadsl.ActorContext;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.SubscriberCommand.Acknowledge;
import lethe.broker.subscriber.SubscriberCommand.AcknowledgeIds;
import lethe.broker.subscriber.SubscriberCommand.Attach;
import lethe.broker.subscriber.SubscriberCommand.Detach;
import lethe.broker.subscriber.SubscriberCommand.DeviceAnswer;
import lethe.broker.subscriber.SubscriberCommand.Grant;
import lethe.broker.subscriber.SubscriberCommand.Poll;
import lethe.core.block.Evidence;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Waiting;
import lethe.core.queue.Window;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Where messages go out: what the subscriber's own devices want of it. */
final class Handout {
    private final ActorContext<SubscriberCommand> context;
    private final Registration registration;
    private final Accounts accounts;
    private final Senders senders;
    private final Prekeys prekeys;
    private final Deliveries<Watcher> deliveries;
    private final Sessions sessions;
    private final Pollers pollers;
    private final Custody custody;
    private final int creditLimit;
    private final Alarm alarm;

    Handout(
            ActorContext<SubscriberCommand> context,
            Registration registration,
            Accounts accounts,
            Senders senders,
            Prekeys prekeys,
            Deliveries<Watcher> deliveries,
            Sessions sessions,
            Pollers pollers,
            Custody custody,
            int creditLimit,
            Alarm alarm) {
        this.context = context;
        this.registration = registration;
        this.accounts = accounts;
        this.senders = senders;
        this.prekeys = prekeys;
        this.deliveries = deliveries;
        this.sessions = sessions;
        this.pollers = pollers;
        this.custody = custody;
        this.creditLimit = creditLimit;
        this.alarm = alarm;
    }

    ReplyEffect<SubscriberEvent, SubscriberState> acknowledge(Acknowledge command, Instant now) {
        Optional<Attachment> attachment = sessions.live(command.session());
        if (attachment.isEmpty()) {
            return Effects.nothing();
        }
        Window<Watcher> window = attachment.get().window();
        if (window.isAhead(command.upto()) || isAnyBeyond(command.undecryptable(), command.upto())) {
            return Effects.reply(
                    command.replyTo(), new ToSession.Objected(Problem.of(ProblemType.OUT_OF_TURN, "never offered")));
        }
        List<Ended<Watcher>> ended = new ArrayList<>(1);
        for (Waiting<Watcher> waiting : window.take(command.undecryptable())) {
            ended.add(deliveries.end(waiting, ReceiptState.UNDECRYPTABLE, now));
        }
        ended.addAll(delivered(window.acknowledge(command.upto(), command.except()), now));
        return custody.conclude(ended, Custody.DONE);
    }

    /** Of many at once, the senders of the last are remembered: of no others could be, and each costs a hash. */
    private List<Ended<Watcher>> delivered(List<Waiting<Watcher>> all, Instant now) {
        List<Ended<Watcher>> ended = new ArrayList<>(all.size());
        int unremembered = all.size() - Evidence.MOST;
        for (Waiting<Watcher> waiting : all) {
            if (ended.size() >= unremembered) {
                senders.delivered(waiting, now);
            }
            ended.add(deliveries.end(waiting, ReceiptState.DELIVERED, now));
        }
        return ended;
    }

    private static boolean isAnyBeyond(List<Long> seqs, long upto) {
        for (long seq : seqs) {
            if (seq > upto) {
                return true;
            }
        }
        return false;
    }

    ReplyEffect<SubscriberEvent, SubscriberState> acknowledgeIds(AcknowledgeIds command, Instant now) {
        DeliveryQueue<Watcher> queue = deliveries.queue(command.by().id());
        List<Waiting<Watcher>> taken = command.ids().stream()
                .distinct()
                .flatMap(id -> queue.find(id).stream())
                .toList();
        List<Ended<Watcher>> ended = delivered(taken, now);
        return custody.conclude(ended, () -> command.replyTo().tell(new DeviceAnswer.Concluded()));
    }

    ReplyEffect<SubscriberEvent, SubscriberState> attach(Attach command, Instant now) {
        if (registration
                .signer(command.device(), command.statement(), command.proof())
                .isEmpty()) {
            return Effects.reply(command.replyTo(), new ToSession.Leave(CloseReason.NOT_AUTHENTIC));
        }
        if (!registration.holdsFor(command.epoch())) {
            return Effects.reply(command.replyTo(), new ToSession.Leave(CloseReason.NO_CONSENT));
        }
        Optional<Attachment> former = sessions.of(command.device());
        if (former.isPresent() && former.get().isLive() && former.get().opened().isAfter(command.opened())) {
            // A connection that the phone has given up may be heard later than the one that it opened next.
            // Should the clocks be wrong, the phone comes back with a younger one.
            return Effects.reply(command.replyTo(), new ToSession.Leave(CloseReason.RESTART));
        }
        Optional<Window<Watcher>> resumed = former.filter(
                        attachment -> attachment.session().equals(command.resume()))
                .map(Attachment::window)
                .filter(window -> !window.isAhead(command.acked()));
        List<Ended<Watcher>> delivered = resumed.map(
                        window -> delivered(window.acknowledge(command.acked(), List.of()), now))
                .orElse(List.of());
        return custody.conclude(delivered, () -> enter(command, resumed.isPresent(), now));
    }

    private void enter(Attach command, boolean resumed, Instant now) {
        Window<Watcher> window = new Window<>(deliveries.entries(command.device()), command.credit(), creditLimit);
        Attachment attachment =
                new Attachment(command.device(), command.session(), command.opened(), command.replyTo(), window);
        sessions.replace(attachment);
        context.watchWith(command.replyTo(), new Detach(command.session()));
        command.replyTo().tell(new ToSession.Attached(resumed, registration.epoch(), context.getSelf()));
        accounts.notice(now).ifPresent(command.replyTo()::tell);
        prekeys.noticeAnew(command.device()).ifPresent(command.replyTo()::tell);
        attachment.push();
    }

    ReplyEffect<SubscriberEvent, SubscriberState> detach(Detach command) {
        sessions.live(command.session()).ifPresent(attachment -> {
            context.unwatch(attachment.phone());
            sessions.leave(attachment);
            custody.storeSoon();
        });
        return Effects.nothing();
    }

    ReplyEffect<SubscriberEvent, SubscriberState> grant(Grant command) {
        sessions.live(command.session()).ifPresent(attachment -> {
            attachment.window().grant(command.more());
            attachment.push();
        });
        return Effects.nothing();
    }

    ReplyEffect<SubscriberEvent, SubscriberState> poll(Poll command, Instant now) {
        pollers.poll(command, deliveries.queue(command.by().id()), now);
        alarm.noLaterThan(command.until());
        return Effects.nothing();
    }
}
