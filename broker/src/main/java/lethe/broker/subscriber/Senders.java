package lethe.broker.subscriber;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import lethe.broker.limit.Limits;
import lethe.broker.limit.Reports;
import lethe.broker.subscriber.SenderCommand.Answer;
import lethe.broker.subscriber.SubscriberCommand.Deliver;
import lethe.core.block.Blocks;
import lethe.core.block.Evidence;
import lethe.core.identity.Opaque;
import lethe.core.limit.Limit;
import lethe.core.limit.Paces;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.queue.Waiting;
import lethe.core.subscriber.SubscriberEvent;
import lethe.core.subscriber.SubscriberState;

/** Those who send to the subscriber: how fast they may, whom it has blocked, and whose message it reports. */
final class Senders {
    /** In place of a sender's label: it has been counted where it was led from. */
    private static final long LED_HERE = 0;

    /** Senders whose pace is remembered at a time. */
    private static final int MOST_REMEMBERED = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SubscriberState state;
    private final ActorContext<SubscriberCommand> context;
    private final Limits limits;
    private final Reports reports;
    private final Paces paces;
    private final Evidence evidence = new Evidence();

    Senders(SubscriberState state, ActorContext<SubscriberCommand> context, Commons commons) {
        SubscriberSettings settings = commons.settings();
        this.state = state;
        this.context = context;
        this.limits = commons.limits();
        this.reports = commons.reports();
        this.paces = new Paces(settings.sendsPerSecond(), Duration.ofSeconds(1), settings.sendBurst(), MOST_REMEMBERED);
    }

    /**
     * Why a message is not looked at now, whoever is here: else a sender would learn from it who is.
     *
     * @return empty if it is
     */
    Optional<Problem> objection(Deliver command, Instant now) {
        if (command.sender() == LED_HERE) {
            return Optional.empty();
        }
        Optional<Duration> wait = paces.take(command.sender(), now);
        if (wait.isPresent()) {
            return Optional.of(limits.refusal(Limit.SENDS_TO_ONE, wait.get()));
        }
        return reports.take(command.sender(), now).map(time -> limits.refusal(Limit.REPORTED_SENDS, time));
    }

    /** Whether nothing is taken from whoever sent this. */
    boolean isBlocked(Deliver command) {
        return state.blocks().isBlocked(command.sender());
    }

    /**
     * Gives a blocked sender's message to a subscriber that nobody is. It answers as nobody does, and takes the time
     * that it takes to find out that there is nobody: what the sender hears is no imitation.
     */
    void leadNowhere(Deliver command) {
        String nowhere = state.blocks().nowhere(command.sender()).toText();
        ClusterSharding.get(context.getSystem())
                .entityRefFor(Subscriber.KEY, nowhere)
                .tell(new Deliver(command.envelope(), command.to(), command.after(), LED_HERE, command.watcher()));
    }

    /** A device has taken a message. */
    void delivered(Waiting<Watcher> waiting, Instant now) {
        evidence.add(waiting.envelope().id(), waiting.envelope().body(), waiting.sender(), now);
    }

    /** The subscriber has opted out. */
    void clear() {
        paces.clear();
        evidence.clear();
    }

    /** Nothing has happened for a while. */
    void release(Instant now) {
        paces.clear();
        evidence.release(now);
    }

    ReplyEffect<SubscriberEvent, SubscriberState> handle(SenderCommand command, Instant now) {
        if (state.consent().isEmpty()) {
            return Effects.reply(command.replyTo(), new Answer.Refused(Problem.of(ProblemType.NO_CONSENT)));
        } else if (command instanceof SenderCommand.Block block) {
            return block(block);
        } else if (command instanceof SenderCommand.Unblock unblock) {
            return become(state.blocks().without(unblock.sender()), command);
        } else if (command instanceof SenderCommand.Report report) {
            return report(report, now);
        }
        return Effects.reply(
                command.replyTo(), new Answer.Counted(state.blocks().size()));
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> block(SenderCommand.Block command) {
        Blocks blocks = state.blocks();
        if (blocks.size() >= Blocks.MOST && !blocks.isBlocked(command.sender())) {
            Problem full =
                    Problem.of(ProblemType.LIST_FULL).withLimit(Blocks.MOST).by(Limit.SUBSCRIBER_BLOCKS);
            limits.refused(full);
            return Effects.reply(command.replyTo(), new Answer.Refused(full));
        }
        return become(blocks.with(command.sender(), freshKey()), command);
    }

    private static Opaque freshKey() {
        byte[] key = new byte[Blocks.KEY_LENGTH];
        RANDOM.nextBytes(key);
        return Opaque.wrap(key);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> become(Blocks blocks, SenderCommand command) {
        Answer done = new Answer.Concluded(Done.getInstance());
        return blocks.equals(state.blocks())
                ? Effects.reply(command.replyTo(), done)
                : Effects.persist(new SubscriberEvent.Blocked(blocks)).thenReply(command.replyTo(), kept -> done);
    }

    private ReplyEffect<SubscriberEvent, SubscriberState> report(SenderCommand.Report command, Instant now) {
        OptionalLong sender = evidence.open(command.proof(), now);
        if (sender.isEmpty()) {
            return Effects.reply(command.replyTo(), new Answer.Refused(Problem.of(ProblemType.NOT_FOUND)));
        }
        reports.note(command.reporter(), sender.getAsLong(), command.reason());
        return Effects.reply(command.replyTo(), new Answer.Concluded(Done.getInstance()));
    }
}
