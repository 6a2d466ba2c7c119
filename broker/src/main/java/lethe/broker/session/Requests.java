package lethe.broker.session;

import akka.Done;
import akka.actor.typed.ActorRef;
import java.time.Instant;
import lethe.broker.subscriber.SubscriberCommand;
import lethe.broker.subscriber.Watcher;
import lethe.core.identity.SessionId;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.subscriber.Addressee;
import lethe.core.subscriber.Terms;
import org.jspecify.annotations.Nullable;

/** What a phone that is in asks for, put to the subscribers that it concerns: the phone's own, and recipients. */
final class Requests {
    private final Link link;
    private final Subscribers subscribers;
    private final Terms terms;
    private final ActorRef<Done> nobody;
    private final SessionId session;
    private final ActorRef<SubscriberCommand> own;

    /** Of the sender, for its share of a recipient's queue; not 0. */
    private final long label;

    private @Nullable Tag lastTo;
    private @Nullable SubscriberId lastRecipient;

    /**
     * For a session that is attached.
     *
     * @param nobody an actor that ignores what it is told
     * @param self the phone's subscriber
     * @param own its actor
     */
    Requests(
            Link link,
            Subscribers subscribers,
            Terms terms,
            ActorRef<Done> nobody,
            SessionId session,
            SubscriberId self,
            ActorRef<SubscriberCommand> own) {
        this.link = link;
        this.subscribers = subscribers;
        this.terms = terms;
        this.nobody = nobody;
        this.session = session;
        this.own = own;
        this.label = self.label();
    }

    /** Does what a frame asks for; the hot ones first. */
    void serve(ClientFrame frame, Instant now) {
        if (frame instanceof ClientFrame.Send send) {
            send(send, now);
        } else if (frame instanceof ClientFrame.Ack ack) {
            own.tell(new SubscriberCommand.Acknowledge(
                    session, ack.upto(), ack.except(), ack.undecryptable(), link.self()));
        } else if (frame instanceof ClientFrame.Settle settle) {
            subscribers.tell(recipient(settle.to()), new SubscriberCommand.Settle(settle.ids(), nobody, false));
        } else if (frame instanceof ClientFrame.Watch watch) {
            subscribers.tell(recipient(watch.to()), new SubscriberCommand.Watch(watch.ids(), watcher(null, now)));
        } else if (frame instanceof ClientFrame.Revoke revoke) {
            subscribers.tell(
                    recipient(revoke.to()), new SubscriberCommand.Revoke(revoke.id(), watcher(revoke.ref(), now)));
        } else if (frame instanceof ClientFrame.Credit credit) {
            own.tell(new SubscriberCommand.Grant(session, credit.more(), link.self()));
        } else if (frame instanceof ClientFrame.Ping) {
            link.send(new ServerFrame.Pong());
        }
    }

    private void send(ClientFrame.Send send, Instant now) {
        Terms.Offer offer = terms.judge(
                send.id(),
                send.body(),
                send.ttl(),
                send.urgency(),
                send.deadline(),
                send.fallback(),
                send.capsule(),
                now);
        if (offer instanceof Terms.Offer.Acceptable acceptable) {
            subscribers.tell(
                    recipient(send.to()),
                    new SubscriberCommand.Deliver(
                            acceptable.envelope(),
                            Addressee.of(send.device(), send.list()),
                            send.after(),
                            label,
                            watcher(send.ref(), now)));
        } else if (offer instanceof Terms.Offer.Unacceptable unacceptable) {
            link.send(new ServerFrame.Refused(send.ref(), unacceptable.problem()));
        }
    }

    /** People write several messages to the same person: what the last one is called need not be computed again. */
    private SubscriberId recipient(Tag to) {
        SubscriberId recipient = lastRecipient;
        if (recipient == null || !to.equals(lastTo)) {
            recipient = subscribers.id(to);
            lastTo = to;
            lastRecipient = recipient;
        }
        return recipient;
    }

    private Watcher watcher(@Nullable Long ref, Instant now) {
        return new Watcher(link.self().narrow(), ref, Doorstep.mark(now));
    }
}
