package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lethe.broker.subscriber.SubscriberCommand.*;
import lethe.core.protocol.CloseReason;
import lethe.core.queue.Waiting;
import lethe.core.subscriber.Admittance;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Ended;
import lethe.core.subscriber.Rejection;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** A recovered subscriber at work: gives each command to whoever deals with it, and watches the time. */
final class Desk {
    /** A phone whose connection keeps breaking; more than these are refused. */
    private static final int MOST_KNOCKING = 4;

    /** How long a shard takes to answer the wish to leave memory. */
    private static final Duration SHARD_WITHIN = Duration.ofSeconds(2);

    private final ActorContext<SubscriberCommand> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Duration idleAfter;
    private final Clock clock;

    private final Deliveries<Watcher> deliveries;
    private final Sessions sessions;
    private final Pollers pollers = new Pollers();
    private final Accounts accounts;
    private final Registration registration;
    private final Custody custody;
    private final Intake intake;
    private final Handout handout;
    private final Senders senders;
    private final Prekeys prekeys;

    /** For what is due: the hold window, deadlines, polls. */
    private final Alarm alarm;

    /** For what is gathered to be written. */
    private final Alarm gathering;

    /** For when nothing happens any more. */
    private final Alarm rest;

    private final Consumer<SubscriberCommand> next;

    /** Phones that came while the actor is on its way out of memory. */
    private final List<Attach> knocking = new ArrayList<>(1);

    private Instant lastAsked;
    private boolean leaving;

    /**
     * For an actor that has recovered its state.
     *
     * @param persistenceId of the actor
     * @param place where it is found while it has a phone
     * @param next takes what is for the next incarnation, once this one has asked to leave memory
     */
    Desk(
            String persistenceId,
            SubscriberState state,
            ActorContext<SubscriberCommand> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Commons commons,
            Present.Place place,
            Consumer<SubscriberCommand> next) {
        SubscriberSettings settings = commons.settings();
        this.context = context;
        this.next = next;
        this.shard = shard;
        this.idleAfter = settings.idleAfter();
        this.clock = commons.clock();
        this.sessions = new Sessions(place);
        this.lastAsked = clock.instant();
        this.alarm = new Alarm(context, clock, Tick.TICK);
        this.rest = new Alarm(context, clock, Idle.IDLE);
        this.deliveries = Deliveries.of(state, settings.bounds(), lastAsked);
        this.gathering = new Alarm(context, clock, Store.STORE);
        this.custody = new Custody(
                state, deliveries, sessions, settings.holdWindow(), alarm, gathering, settings.gather(), clock);
        this.accounts =
                new Accounts(state, new Admittance(settings.takeoverHold()), deliveries, sessions, pollers, custody);
        this.registration = new Registration(state, commons.policy(), accounts, commons.limits());
        this.senders = new Senders(state, context, commons);
        this.intake = new Intake(registration, senders, deliveries, sessions, pollers, custody, alarm, commons);
        this.prekeys = new Prekeys(persistenceId, state, registration, sessions, custody, commons, context.getSelf());
        this.handout = new Handout(
                context,
                registration,
                accounts,
                senders,
                prekeys,
                deliveries,
                sessions,
                pollers,
                custody,
                settings.creditLimit(),
                alarm);
    }

    /** From now on the time is watched. */
    void open() {
        alarm.noLaterThan(deliveries.nextDue());
        stirred(lastAsked);
    }

    /** The actor has stopped. */
    void leave() {
        alarm.rang();
        gathering.rang();
        rest.rang();
        sessions.gone();
    }

    /** The hot ones first. */
    ReplyEffect<SubscriberEvent, SubscriberState> handle(SubscriberCommand command) {
        Instant now = clock.instant();
        if (command instanceof Idle) {
            return onIdle(now);
        }
        stirred(now);
        if (command instanceof Deliver deliver) {
            return intake.deliver(deliver, now);
        } else if (command instanceof Acknowledge acknowledge) {
            return handout.acknowledge(acknowledge, now);
        } else if (command instanceof Tick) {
            return onTick(now);
        } else if (command instanceof Store) {
            return isOverdue() ? expel(now, command) : custody.store(now);
        } else if (command instanceof Settle settle) {
            return custody.settle(settle);
        } else if (command instanceof Watch watch) {
            return intake.watch(watch);
        } else if (command instanceof Revoke revoke) {
            return intake.revoke(revoke, now);
        } else if (command instanceof Attach attach) {
            return onAttach(attach, now);
        } else if (command instanceof Detach detach) {
            return onDetach(detach, now);
        } else if (command instanceof Grant grant) {
            return handout.grant(grant);
        } else if (command instanceof Authenticate authenticate) {
            return registration.authenticate(authenticate, now);
        } else if (command instanceof ByDevice byDevice) {
            return onByDevice(byDevice, now);
        } else if (command instanceof OptIn optIn) {
            return onOptIn(optIn, now);
        } else if (command instanceof OfPrekeys of) {
            return prekeys.handle(of.command());
        } else if (command instanceof PrekeysRead read) {
            return prekeys.read(read);
        } else if (command instanceof Wake wake) {
            return onWake(wake, now);
        } else if (command instanceof Stop) {
            return onStop(now);
        }
        throw new IllegalArgumentException("nobody handles " + command.getClass());
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onByDevice(ByDevice command, Instant now) {
        if (!registration.has(command.by())) {
            command.deny();
            return Effects.nothing();
        }
        if (command instanceof Poll poll) {
            return handout.poll(poll, now);
        } else if (command instanceof AcknowledgeIds acknowledge) {
            return handout.acknowledgeIds(acknowledge, now);
        } else if (command instanceof ShowConsent show) {
            return registration.show(show);
        } else if (command instanceof OptOut optOut) {
            return registration.optOut(optOut, this::erase);
        }
        return command instanceof OfSenders of
                ? senders.handle(of.command(), now)
                : accounts.handle(((OfAccount) command).command(), now);
    }

    /**
     * A phone that comes while the actor is on its way out of memory waits at the door, or it would be let in and sent
     * away at once: the wish to leave may still be under way to the shard.
     */
    private ReplyEffect<SubscriberEvent, SubscriberState> onAttach(Attach command, Instant now) {
        if (!leaving) {
            return isOverdue() ? expel(now, command) : handout.attach(command, now);
        }
        if (knocking.size() < MOST_KNOCKING) {
            knocking.add(command);
        } else {
            command.refuse();
        }
        return Effects.nothing();
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onOptIn(OptIn command, Instant now) {
        return isOverdue() ? expel(now, command) : registration.optIn(command, now);
    }

    /** Sessions end first when the policy was raised. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onDetach(Detach command, Instant now) {
        return isOverdue() ? expel(now, command) : handout.detach(command);
    }

    /** Whether something waits here that was taken under a consent which no longer holds. */
    private boolean isOverdue() {
        return !deliveries.isEmpty() && !registration.holds();
    }

    private List<Ended<Watcher>> dueOrOverdue(Instant now) {
        return isOverdue() ? deliveries.expel(now) : deliveries.due(now);
    }

    /** It goes, its senders hear, and then the command has its turn. */
    private ReplyEffect<SubscriberEvent, SubscriberState> expel(Instant now, SubscriberCommand then) {
        return custody.conclude(deliveries.expel(now), () -> context.getSelf().tell(then));
    }

    /** One timer for each quiet time, none for each command. */
    private void stirred(Instant now) {
        lastAsked = now;
        if (!rest.isSet()) {
            rest.noLaterThan(now.plus(idleAfter));
        }
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> onTick(Instant now) {
        alarm.rang();
        return custody.conclude(dueOrOverdue(now), () -> {
            alarm.noLaterThan(deliveries.nextDue());
            pollers.sendHome(now).ifPresent(alarm::noLaterThan);
            custody.watch();
        });
    }

    /** The sweeper's clock may be ahead. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onWake(Wake command, Instant own) {
        Instant now = command.now().isAfter(own) ? command.now() : own;
        return custody.look(dueOrOverdue(now), now, () -> command.replyTo().tell(Done.getInstance()));
    }

    /** Everything of the subscriber goes, and whoever waits for it. */
    private void erase() {
        Instant now = clock.instant();
        sessions.closeAll(CloseReason.ERASED);
        pollers.dismiss();
        senders.clear();
        for (Waiting<Watcher> waiting : deliveries.clear()) {
            Watcher.ended(waiting, Rejection.of(waiting.envelope(), now), false);
        }
    }

    /** After a quiet time: leaves memory if nobody needs it there, and else gives back what it does not need. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onIdle(Instant now) {
        rest.rang();
        if (leaving) {
            return stay(now);
        }
        Instant quiet = lastAsked.plus(idleAfter);
        if (quiet.isAfter(now)) {
            rest.noLaterThan(quiet);
        } else if (!deliveries.isEmpty()
                || sessions.isAnyoneConnected()
                || pollers.isAnyoneWaiting()
                || prekeys.isAnyoneAsking()) {
            // Whatever changes this is a command, and sets the alarm again.
            deliveries.release();
            sessions.release();
            senders.release(now);
        } else if (registration.remembersRequests(now)) {
            rest.noLaterThan(now.plus(idleAfter));
        } else {
            leaving = true;
            rest.noLaterThan(now.plus(idleAfter.compareTo(SHARD_WITHIN) < 0 ? idleAfter : SHARD_WITHIN));
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Effects.nothing();
    }

    /** The shard ignores the wish to leave, as it may. */
    private ReplyEffect<SubscriberEvent, SubscriberState> stay(Instant now) {
        leaving = false;
        rest.noLaterThan(now.plus(idleAfter));
        letGo();
        return Effects.nothing();
    }

    /** By the shard: it knows whether this incarnation stays after all. */
    private void letGo() {
        knocking.forEach(next);
        knocking.clear();
    }

    /** A command to stop has come in: whoever looks for the subscriber asks its shard from now on. */
    void beGone() {
        sessions.gone();
    }

    /** From now on the shard keeps what comes for the next incarnation. */
    private ReplyEffect<SubscriberEvent, SubscriberState> onStop(Instant now) {
        letGo();
        sessions.closeAll(CloseReason.RESTART);
        pollers.dismiss();
        prekeys.dismiss();
        return custody.storeAllAndStop(now);
    }
}
