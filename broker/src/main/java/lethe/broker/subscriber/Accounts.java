package lethe.broker.subscriber;

import akka.Done;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.AccountCommand.Answer;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.lookup.Listing;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.Admittance;
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
                    new SubscriberEvent.DevicesListed(account),
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
        return become(
                new SubscriberEvent.OptedIn(takeover.consent(), takeover.account(), listing(takeover.consent())),
                takeover.account(),
                now,
                () -> command.replyTo().tell(new Answer.Concluded(Done.getInstance())));
    }

    /** An address that is listed stays so, if the new owner agreed to that too. */
    private @Nullable Listing listing(Consent consent) {
        return state.listing()
                .filter(listed -> consent.scopes().contains(Scope.DISCOVERABLE))
                .orElse(null);
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
                .map(device -> deliveries.queue(device.id()))
                .map(queue -> new Bodies.Waiting(queue.size(), queue.bytes()))
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
                takeover == null ? null : new Bodies.Claimant(takeover.account().key(), takeover.ends()),
                prekeys(head.account()));
    }

    private List<PrekeyBodies.PrekeysLeft> prekeys(Account account) {
        List<DevicePrekeys> stored = account.list().devices().stream()
                .map(device -> state.prekeys(device.id()))
                .toList();
        return stored.stream().allMatch(DevicePrekeys.NONE::equals)
                ? List.of()
                : stored.stream().map(PrekeyBodies.PrekeysLeft::of).toList();
    }

    /** Somebody else waits for the address: kept, and told to the devices that are there. */
    ReplyEffect<SubscriberEvent, SubscriberState> contest(Takeover takeover, Runnable then) {
        if (state.takeover().filter(takeover::equals).isPresent()) {
            then.run();
            return Effects.nothing();
        }
        return Effects.persist(new SubscriberEvent.Contested(takeover))
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
     * to anybody; they are told to leave.
     */
    ReplyEffect<SubscriberEvent, SubscriberState> become(
            SubscriberEvent event, Account account, Instant now, Runnable then) {
        List<DeviceId> gone =
                state.account().map(former -> former.without(account)).orElse(List.of());
        return custody.conclude(deliveries.drop(gone, now), List.of(event), () -> {
            for (DeviceId device : gone) {
                sessions.close(device, CloseReason.ERASED);
                pollers.dismiss(device);
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
