package lethe.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.device.socket.BrokerSocket;
import lethe.device.store.GivenConsent;
import lethe.device.store.Identity;
import lethe.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one socket: challenge, hello, welcome; then messages both ways, acknowledgements, heartbeats.
 *
 * <p>Lives on its client's strand.
 */
final class Conversation {
    private static final Duration NUDGE = Duration.ofMillis(1_500);
    private static final int NUDGES = 2;

    private enum Stage {
        OPENING,
        GREETED,
        LIVE
    }

    private final DeviceSettings settings;
    private final Identity identity;
    private final GivenConsent consent;
    private final Custodian custodian;
    private final DeviceListener listener;
    private final Arrivals arrivals;
    private final Fleeting fleeting = new Fleeting();
    private final ClientFrame.@Nullable Resume resume;

    private @Nullable BrokerSocket socket;
    private Stage stage = Stage.OPENING;
    private @Nullable SessionId session;
    private Duration heartbeat = Duration.ofSeconds(30);
    private int maxFrame = Integer.MAX_VALUE;
    private Instant lastHeard;
    /** As {@code lastHeard}, but for pongs. */
    private Instant lastFrame;

    private Instant lastPing;
    /** When the oldest ping was sent that nothing has come since; null if there is none. */
    private @Nullable Instant unanswered;
    /** How often the phone has asked since the last frame that was no pong. */
    private int nudges;

    /** What was said last of what is written. */
    private ClientFrame.Ack acknowledged = new ClientFrame.Ack(0, List.of(), List.of());

    /** How many of those that came had been decided when the phone last acknowledged. */
    private long decided;

    private boolean repeatAck;

    Conversation(
            DeviceSettings settings,
            Identity identity,
            GivenConsent consent,
            Custodian custodian,
            DeviceListener listener,
            Arrivals arrivals,
            ClientFrame.@Nullable Resume resume,
            Instant now) {
        this.settings = settings;
        this.identity = identity;
        this.consent = consent;
        this.custodian = custodian;
        this.listener = listener;
        this.arrivals = arrivals;
        this.resume = resume;
        this.lastHeard = now;
        this.lastFrame = now;
        this.lastPing = now;
    }

    /** The consent that it was opened with. */
    GivenConsent consent() {
        return consent;
    }

    void over(BrokerSocket opened) {
        socket = opened;
    }

    boolean isLive() {
        return stage == Stage.LIVE;
    }

    /**
     * How a later session may continue this one; null if it cannot. What this phone could not open, or has not looked
     * into, is left out: by resuming it would count as delivered.
     */
    ClientFrame.@Nullable Resume toResume() {
        if (stage != Stage.LIVE) {
            return resume;
        }
        return session == null
                ? null
                : new ClientFrame.Resume(session, Math.min(arrivals.taken(), acknowledged.upto()));
    }

    /**
     * A frame came.
     *
     * @return false if a broker does not say that now: the connection is worth nothing
     */
    boolean heard(ServerFrame frame, Instant now) {
        lastHeard = now;
        unanswered = null;
        if (!(frame instanceof ServerFrame.Pong)) {
            lastFrame = now;
            nudges = 0;
        }
        return switch (stage) {
            case OPENING -> frame instanceof ServerFrame.Challenge challenge && greet(challenge);
            case GREETED -> greeted(frame, now);
            case LIVE -> live(frame, now);
        };
    }

    private boolean greet(ServerFrame.Challenge challenge) {
        byte[] statement = ClientFrame.Hello.statement(challenge.nonce(), identity.tag(), identity.device());
        stage = Stage.GREETED;
        say(new ClientFrame.Hello(
                identity.tag(),
                identity.device(),
                consent.epoch(),
                identity.sign(statement),
                settings.credit(),
                resume));
        return true;
    }

    private boolean greeted(ServerFrame frame, Instant now) {
        if (frame instanceof ServerFrame.Refused refused) {
            listener.on(new DeviceEvent.Refused(refused.problem()));
            return true; // the close code follows
        }
        if (!(frame instanceof ServerFrame.Welcome welcome)) {
            return false;
        }
        stage = Stage.LIVE;
        lastPing = now;
        session = welcome.session();
        heartbeat = welcome.heartbeat();
        maxFrame = welcome.maxFrame();
        listener.on(new DeviceEvent.Connected(welcome.resumed()));
        custodian.outbox().connected(now);
        return true;
    }

    private boolean live(ServerFrame frame, Instant now) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            return take(deliver);
        }
        if (frame instanceof ServerFrame.Held held) {
            custodian.outbox().held(held.id(), held.expires());
        } else if (frame instanceof ServerFrame.Receipt receipt) {
            custodian.outbox().receipt(receipt.id(), receipt.state(), receipt.at(), receipt.settle(), now);
        } else if (frame instanceof ServerFrame.FallbackNow fallback) {
            custodian.outbox().fallbackNow(fallback.id(), fallback.at(), fallback.settle(), now);
        } else if (frame instanceof ServerFrame.Unknown unknown) {
            custodian.outbox().unknown(unknown.id(), now);
        } else if (frame instanceof ServerFrame.Drained) {
            listener.on(new DeviceEvent.Drained());
        } else if (frame instanceof ServerFrame.Contested contested) {
            listener.on(new DeviceEvent.Contested(contested.account(), contested.ends()));
        } else if (frame instanceof ServerFrame.PrekeysLow low) {
            listener.on(new DeviceEvent.PrekeysLow(low.left()));
        } else if (frame instanceof ServerFrame.Refused refused) {
            refused(refused, now);
        } else {
            return frame instanceof ServerFrame.Pong;
        }
        return true;
    }

    private void refused(ServerFrame.Refused refused, Instant now) {
        Long ref = refused.ref();
        if (ref == null) {
            repeatAck |= refused.problem().type().retryable(); // what has no ref may have been an acknowledgement
            listener.on(new DeviceEvent.Refused(refused.problem()));
        } else {
            if (!fleeting.refused(ref, refused.problem())) {
                custodian.outbox().refused(ref, refused.problem(), now);
            }
        }
    }

    /** When no more is taken, what was is acknowledged all the same: {@link #tick} ends the session. */
    private boolean take(ServerFrame.Deliver deliver) {
        boolean complete = arrivals.came(deliver);
        if (!complete) {
            session = null;
        }
        return complete;
    }

    /** Nothing that is being looked into is taken any more. */
    void leave() {
        arrivals.leave();
    }

    /** Everything taken so far is durable: the broker may forget it. */
    void acknowledge() {
        if (arrivals.decided() > decided) {
            decided = arrivals.decided();
            acknowledged = new ClientFrame.Ack(arrivals.upto(), arrivals.undecided(), arrivals.undecryptable());
            say(acknowledged);
        }
    }

    /** Sends a body to a device now or never. */
    void send(MessageId id, Tag to, DeviceId device, Opaque body, Consumer<Problem> refused) {
        say(fleeting.frame(id, to, device, body, refused));
    }

    void say(ClientFrame frame) {
        byte[] bytes = Frames.encode(settings.encoding(), frame);
        if (frame instanceof ClientFrame.Send send && bytes.length > maxFrame) {
            Problem problem = Problem.of(ProblemType.TOO_LARGE).withLimit(maxFrame);
            custodian.outbox().refused(send.ref(), problem, lastHeard);
        } else if (socket != null) {
            socket.send(bytes);
        }
    }

    /**
     * Time passes. Asks the broker for a sign of life: as often as it wants one of the phone; and twice soon after the
     * last frame, because the platform's WebSocket misses an end that comes right behind a frame, and only a write
     * shows it then.
     *
     * @return false if the broker is silent for too long
     */
    boolean tick(Instant now) {
        if (stage != Stage.LIVE) {
            return isWithin(settings.patience(), lastHeard, now);
        }
        arrivals.tick();
        if (arrivals.isOver()) {
            return false;
        }
        if (repeatAck) {
            repeatAck = false;
            say(acknowledged);
        }
        boolean soon = nudges < NUDGES && !isWithin(NUDGE.multipliedBy(nudges + 1L), lastFrame, now);
        if (soon || !isWithin(heartbeat.dividedBy(3), lastPing, now)) {
            nudges++;
            lastPing = now;
            unanswered = unanswered == null ? now : unanswered;
            say(new ClientFrame.Ping());
        }
        return unanswered == null || isWithin(settings.patience(), unanswered, now);
    }

    private static boolean isWithin(Duration bound, Instant since, Instant now) {
        return Duration.between(since, now).compareTo(bound) < 0;
    }
}
