package lethe.broker.subscriber;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.broker.limit.Limits;
import lethe.broker.subscriber.PrekeyCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.PrekeysRead;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.PrekeyTerms;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/**
 * Gives prekeys away, each one-time prekey to one asker: read, then stored as taken, then told. Whoever asks meanwhile
 * waits for the next turn, and shares its reading and its write with all who did.
 */
final class Prekeys {
    private static final Problem STORE_DOWN = Problem.of(ProblemType.STORE_DOWN).withRetryAfter(Duration.ofSeconds(5));

    /** Askers that wait for the next turn. */
    private static final int MOST_ASKING = 64;

    private final String persistenceId;
    private final SubscriberState state;
    private final Registration registration;
    private final Sessions sessions;
    private final Custody custody;
    private final PrekeyStore store;
    private final Limits limits;
    private final ActorRef<SubscriberCommand> self;
    private final List<PrekeyCommand.Ask> asking = new ArrayList<>(0);
    private boolean reading;

    /** Devices that know that they have few left. */
    private final List<DeviceId> told = new ArrayList<>(0);

    Prekeys(
            String persistenceId,
            SubscriberState state,
            Registration registration,
            Sessions sessions,
            Custody custody,
            Commons commons,
            ActorRef<SubscriberCommand> self) {
        this.persistenceId = persistenceId;
        this.state = state;
        this.registration = registration;
        this.sessions = sessions;
        this.custody = custody;
        this.store = commons.prekeys();
        this.limits = commons.limits();
        this.self = self;
    }

    ReplyEffect<SubscriberEvent, SubscriberState> handle(PrekeyCommand command) {
        if (command instanceof PrekeyCommand.Ask ask) {
            return ask(ask);
        } else if (command instanceof PrekeyCommand.Publish publish) {
            return publish(publish);
        }
        Device by = ((PrekeyCommand.Count) command).by();
        return Effects.reply(
                command.replyTo(), registration.has(by) ? left(by.id()) : refusal(SubscriberCommand.STRANGER));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> publish(PrekeyCommand.Publish command) {
        DeviceId device = command.by().id();
        Optional<Problem> objection = !registration.has(command.by())
                ? Optional.of(SubscriberCommand.STRANGER)
                : PrekeyTerms.objection(state.prekeys(device), command.batch());
        if (objection.isPresent()) {
            limits.refused(objection.get());
            return Effects.reply(command.replyTo(), new Answer.Refused(objection.get()));
        }
        return custody.conclude(
                List.of(), List.of(new SubscriberEvent.PrekeysPublished(device, command.batch())), () -> {
                    told.remove(device);
                    command.replyTo().tell(left(device));
                });
    }

    private Answer left(DeviceId device) {
        return new Answer.Left(PrekeyBodies.PrekeysLeft.of(state.prekeys(device)));
    }

    /** Not here, opted out, lapsed and not wanted are the same to an asker. */
    private ReplyEffect<SubscriberEvent, SubscriberState> ask(PrekeyCommand.Ask command) {
        if (!registration.holds() || state.blocks().isBlocked(command.asker())) {
            return Effects.reply(command.replyTo(), refusal(Problem.of(ProblemType.NOT_FOUND)));
        }
        if (asking.size() >= MOST_ASKING) {
            return Effects.reply(command.replyTo(), refusal(SubscriberCommand.OVERLOADED));
        }
        asking.add(command);
        readNext();
        return Effects.nothing();
    }

    private void readNext() {
        if (reading || asking.isEmpty()) {
            return;
        }
        List<PrekeyDraw> draws = PrekeyDraw.of(asking, state);
        asking.clear();
        reading = true;
        Set<PrekeyRef> wanted = draws.stream().flatMap(PrekeyDraw::refs).collect(Collectors.toSet());
        store.read(persistenceId, wanted)
                .whenComplete((found, failure) -> self.tell(new PrekeysRead(draws, Optional.ofNullable(found))));
    }

    /** The keys are here. Since they were chosen, devices may have gone, and the subscriber too. */
    ReplyEffect<SubscriberEvent, SubscriberState> read(PrekeysRead command) {
        reading = false;
        Optional<Problem> problem = !registration.holds()
                ? Optional.of(Problem.of(ProblemType.NOT_FOUND))
                : command.found().isEmpty() ? Optional.of(STORE_DOWN) : Optional.empty();
        if (problem.isPresent()) {
            command.draws().forEach(draw -> draw.asker().replyTo().tell(refusal(problem.get())));
            readNext();
            return Effects.nothing();
        }
        List<PrekeyRef> taken = command.draws().stream()
                .flatMap(PrekeyDraw::oneTime)
                .filter(this::isThere)
                .toList();
        Map<PrekeyRef, Prekey> found = new HashMap<>(command.found().orElseThrow());
        // A device that has gone and come back has others.
        command.draws().stream()
                .flatMap(PrekeyDraw::oneTime)
                .filter(prekey -> !isThere(prekey))
                .forEach(found::remove);
        List<PrekeyRef> spent = spent(taken, found);
        List<SubscriberEvent> events = spent.isEmpty() ? List.of() : List.of(new SubscriberEvent.PrekeysTaken(spent));
        return custody.conclude(List.of(), events, () -> give(command.draws(), found));
    }

    private boolean isThere(PrekeyRef prekey) {
        return state.prekeys(prekey.device()).has(prekey);
    }

    /** One that is named and not there is too old; so are those that came with it. */
    private List<PrekeyRef> spent(List<PrekeyRef> taken, Map<PrekeyRef, Prekey> found) {
        return taken.stream()
                .flatMap(prekey -> found.containsKey(prekey)
                        ? List.of(prekey).stream()
                        : state.prekeys(prekey.device()).with(prekey).stream())
                .distinct()
                .toList();
    }

    private void give(List<PrekeyDraw> draws, Map<PrekeyRef, Prekey> found) {
        Account account = state.account().orElseThrow();
        draws.forEach(draw -> draw.asker()
                .replyTo()
                .tell(
                        state.blocks().isBlocked(draw.asker().asker())
                                ? refusal(Problem.of(ProblemType.NOT_FOUND))
                                : new Answer.Given(draw.bundle(account, found))));
        draws.stream()
                .flatMap(PrekeyDraw::oneTime)
                .map(PrekeyRef::device)
                .distinct()
                .forEach(this::tellIfLow);
        readNext();
    }

    private void tellIfLow(DeviceId device) {
        sessions.of(device)
                .filter(Attachment::isLive)
                .ifPresent(attachment -> notice(device).ifPresent(attachment.phone()::tell));
    }

    /** What a device is told that does not know it yet: that it has few left. */
    Optional<ToSession> notice(DeviceId device) {
        DevicePrekeys stored = state.prekeys(device);
        if (stored.highest() < 0 || !stored.isLow() || told.contains(device)) {
            return Optional.empty();
        }
        told.add(device);
        return Optional.of(new ToSession.PrekeysLow(stored.left()));
    }

    /** What a device is told when it connects, whether it was told before or not. */
    Optional<ToSession> noticeAnew(DeviceId device) {
        told.remove(device);
        return notice(device);
    }

    /** Whether somebody waits for an answer. */
    boolean isAnyoneAsking() {
        return reading || !asking.isEmpty();
    }

    /** The actor ends: who has no answer yet asks again. */
    void dismiss() {
        asking.forEach(ask -> ask.replyTo().tell(refusal(SubscriberCommand.OVERLOADED)));
        asking.clear();
    }

    private static Answer refusal(Problem problem) {
        return new Answer.Refused(problem);
    }
}
