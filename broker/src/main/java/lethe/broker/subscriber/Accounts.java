package lethe.broker.subscriber;

import akka.Done;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.broker.subscriber.AccountCommand.Answer;
import lethe.core.account.Account;
import lethe.core.account.Pin;
import lethe.core.account.Takeover;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.PrekeyBodies;
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
            return object(command, now);
        } else if (command instanceof AccountCommand.KeepPin keep) {
            return keep(keep);
        } else if (command instanceof AccountCommand.ShowPin) {
            return reply(command, pin().<Answer>map(Answer.OfPin::new).orElseGet(Accounts::nothing));
        } else if (command instanceof AccountCommand.Export) {
            Optional<Answer> export = state.head().map(head -> new Answer.Exported(export(head, now)));
            return reply(command, export.orElseGet(Accounts::nothing));
        }
        Optional<Answer> answer = command instanceof AccountCommand.ShowTakeover
                ? waiting(now).map(Answer.Contested::new)
                : state.account().map(Answer.OfAccount::new);
        return reply(command, answer.orElseGet(Accounts::nothing));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> list(AccountCommand.ListDevices command, Instant now) {
        Admittance.Verdict verdict = admittance.judge(state, command.account(), command.list(), now);
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
                waiting(now).filter(takeover -> takeover.account().key().equals(command.account()));
        if (meant.isEmpty()) {
            return reply(command, nothing());
        }
        Takeover takeover = meant.get();
        long version = state.account().orElseThrow().list().version();
        if (takeover.account().list().version() <= version) {
            return reply(
                    command,
                    new Answer.Refused(Problem.of(ProblemType.STALE_LIST).withLimit(version)));
        }
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

    private Optional<Pin> pin() {
        return state.account().flatMap(account -> Optional.ofNullable(account.pin()));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> keep(AccountCommand.KeepPin command) {
        DeviceKey key = command.key();
        Optional<Account> account = state.account();
        if (account.isEmpty() || (key == null && pin().isEmpty())) {
            return reply(command, nothing());
        }
        Account kept = account.get().withPin(key == null ? null : Pin.of(key));
        return Effects.persist(new SubscriberEvent.PinKept(kept))
                .thenReply(command.replyTo(), written -> new Answer.Concluded(Done.getInstance()));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> object(AccountCommand command, Instant now) {
        Takeover takeover = waiting(now).orElse(null);
        if (takeover == null) {
            return reply(command, nothing());
        }
        if (takeover.objected()) {
            return reply(command, new Answer.Concluded(Done.getInstance()));
        }
        return Effects.persist(new SubscriberEvent.Contested(takeover.objected(now)))
                .thenReply(command.replyTo(), objected -> new Answer.Concluded(Done.getInstance()));
    }

    /** Who else claims the address. A claim that its owner has not come back for counts no longer. */
    private Optional<Takeover> waiting(Instant now) {
        return state.takeover().filter(takeover -> !takeover.isLapsed(now));
    }

    /** What is in memory is all there is. */
    private Bodies.Export export(Head head, Instant now) {
        Consent consent = head.consent();
        Takeover takeover = waiting(now).orElse(null);
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
                takeover == null ? null : new Bodies.Claimant(takeover.account().key(), takeover.ends()),
                pin().map(pin -> new Bodies.PinOnFile(pin.left())).orElse(null),
                state.blocks().isEmpty() ? null : state.blocks().size(),
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

    private static Bodies.Waiting waiting(@Nullable DeliveryQueue<Watcher> queue) {
        return queue == null ? new Bodies.Waiting(0, 0) : new Bodies.Waiting(queue.size(), queue.bytes());
    }

    /**
     * Somebody else waits for the address: kept, and told to the devices that are there. Counts a wrong try at the PIN.
     *
     * @param also is written with it
     */
    ReplyEffect<SubscriberEvent, SubscriberState> contest(
            Admittance.Verdict.Waits waits, List<SubscriberEvent> also, Runnable then) {
        Takeover takeover = waits.takeover();
        boolean known = state.takeover().filter(takeover::equals).isPresent();
        List<SubscriberEvent> events = new ArrayList<>(also);
        if (!known) {
            events.add(new SubscriberEvent.Contested(takeover));
        }
        if (state.account().filter(waits.current()::equals).isEmpty()) {
            events.add(new SubscriberEvent.PinKept(waits.current()));
        }
        if (events.isEmpty()) {
            then.run();
            return Effects.nothing();
        }
        return Effects.persist(events)
                .thenRun(() -> {
                    if (!known) {
                        sessions.tellAll(notice(takeover));
                    }
                    then.run();
                })
                .thenNoReply();
    }

    /** What a device is told that connects while somebody else waits for the address. */
    Optional<ToSession> notice(Instant now) {
        return waiting(now).map(Accounts::notice);
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
