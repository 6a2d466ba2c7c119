package lethe.broker.subscriber;

import akka.Done;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.AccountCommand.Answer;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.DeliveryQueue;
import lethe.core.subscriber.Admittance;
import lethe.core.subscriber.Agreement;
import lethe.core.subscriber.Deliveries;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/** Whose address it is, and on which devices: carries out what {@link Admittance} decides. */
final class Accounts {
    private final SubscriberState state;
    private final Admittance admittance;
    private final Deliveries<Watcher> deliveries;
    private final Sessions sessions;
    private final Pollers pollers;
    private final Custody custody;

    Accounts(
            SubscriberState state,
            Admittance admittance,
            Deliveries<Watcher> deliveries,
            Sessions sessions,
            Pollers pollers,
            Custody custody) {
        this.state = state;
        this.admittance = admittance;
        this.deliveries = deliveries;
        this.sessions = sessions;
        this.pollers = pollers;
        this.custody = custody;
    }

    Admittance admittance() {
        return admittance;
    }

    ReplyEffect<SubscriberEvent, SubscriberState> handle(AccountCommand command, Instant now) {
        if (command instanceof AccountCommand.ListDevices list) {
            return list(list, now);
        } else if (command instanceof AccountCommand.Agree agree) {
            return agree(agree, now);
        } else if (command instanceof AccountCommand.Dismiss) {
            return dismiss(command);
        } else if (command instanceof AccountCommand.Export) {
            Optional<Answer> export = state.head().map(head -> new Answer.Exported(export(head, now)));
            return reply(command, export.orElseGet(Accounts::nothing));
        }
        Optional<Answer> answer = command instanceof AccountCommand.ShowTakeover
                ? state.takeover().map(Answer.Contested::new)
                : state.account().map(Answer.OfAccount::new);
        return reply(command, answer.orElseGet(Accounts::nothing));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> list(AccountCommand.ListDevices command, Instant now) {
        Admittance.Verdict verdict = admittance.judge(state, command.account(), command.list());
        if (verdict instanceof Admittance.Verdict.Enters enters) {
            Account account = enters.account();
            return become(
                    List.of(new SubscriberEvent.DevicesListed(account)),
                    account,
                    now,
                    () -> command.replyTo().tell(new Answer.OfAccount(account)));
        }
        return reply(command, new Answer.Refused(((Admittance.Verdict.Refused) verdict).problem()));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> agree(AccountCommand.Agree command, Instant now) {
        Optional<Takeover> meant =
                state.takeover().filter(takeover -> takeover.account().key().equals(command.account()));
        if (meant.isEmpty()) {
            return reply(command, nothing());
        }
        Takeover takeover = meant.get();
        Optional<Agreement> agreement = Agreement.after(state, takeover.account(), takeover.consent(), null, now);
        if (agreement.isEmpty()) {
            return reply(command, nothing());
        }
        Agreement agreed = agreement.get();
        return become(
                List.of(new SubscriberEvent.OptedIn(agreed.consent(), takeover.account(), agreed.listing())),
                takeover.account(),
                now,
                () -> command.replyTo().tell(new Answer.Concluded(Done.getInstance())));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> dismiss(AccountCommand command) {
        if (state.takeover().isEmpty()) {
            return reply(command, nothing());
        }
        return Effects.persist(new SubscriberEvent.Contested(null))
                .thenReply(command.replyTo(), dismissed -> new Answer.Concluded(Done.getInstance()));
    }

    /** What is in memory is all there is. */
    private Bodies.Export export(Head head, Instant now) {
        Consent consent = head.consent();
        Takeover takeover = head.takeover();
        List<Bodies.Waiting> waiting = head.account().list().devices().stream()
                .map(device -> waiting(deliveries.queues().get(device.id())))
                .toList();
        return new Bodies.Export(
                now,
                new Bodies.ConsentOnFile(consent.device(), consent.epoch(), consent.scopes(), consent.at()),
                consent.textHash(),
                consent.signature(),
                new Bodies.AccountDevices(head.account().key(), head.account().list()),
                waiting,
                state.receipts().size(),
                state.listing().isPresent(),
                takeover == null ? null : new Bodies.Claimant(takeover.account().key(), takeover.ends()));
    }

    private static Bodies.Waiting waiting(@Nullable DeliveryQueue<Watcher> queue) {
        return queue == null ? new Bodies.Waiting(0, 0) : new Bodies.Waiting(queue.size(), queue.bytes());
    }

    /**
     * Somebody else waits for the address: kept, and told to the devices that are there.
     *
     * @param also is written with it
     */
    ReplyEffect<SubscriberEvent, SubscriberState> contest(
            Takeover takeover, List<SubscriberEvent> also, Runnable then) {
        if (also.isEmpty() && state.takeover().filter(takeover::equals).isPresent()) {
            then.run();
            return Effects.nothing();
        }
        List<SubscriberEvent> events = new ArrayList<>(also);
        events.add(new SubscriberEvent.Contested(takeover));
        return Effects.persist(events)
                .thenRun(() -> {
                    sessions.tellAll(notice(takeover));
                    then.run();
                })
                .thenNoReply();
    }

    /** What a device is told that connects while somebody else waits for the address. */
    Optional<ToSession> notice() {
        return state.takeover().map(Accounts::notice);
    }

    private static ToSession notice(Takeover takeover) {
        return new ToSession.Contested(takeover.account().key(), takeover.ends());
    }

    /**
     * The address is this account's from now on. What waits for devices that it does not have ends, and is not handed
     * to anybody; they are told to leave. If the consent was given on one of them, the others have to agree anew.
     */
    ReplyEffect<SubscriberEvent, SubscriberState> become(
            List<SubscriberEvent> events, Account account, Instant now, Runnable then) {
        List<DeviceId> gone =
                state.account().map(former -> former.without(account)).orElse(List.of());
        return custody.conclude(deliveries.drop(gone, now), events, () -> {
            for (DeviceId device : gone) {
                sessions.close(device, CloseReason.ERASED);
                pollers.dismiss(device);
            }
            if (state.agreed().isEmpty()) {
                sessions.closeAll(CloseReason.NO_CONSENT);
                pollers.dismiss();
            }
            then.run();
        });
    }

    private static ReplyEffect<SubscriberEvent, SubscriberState> reply(AccountCommand command, Answer answer) {
        return Effects.reply(command.replyTo(), answer);
    }

    private static Answer nothing() {
        return new Answer.Refused(Problem.of(ProblemType.NOT_FOUND));
    }
}
