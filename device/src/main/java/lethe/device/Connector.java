package lethe.device;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ServerFrame;
import lethe.device.socket.Backoff;
import lethe.device.socket.BrokerSocket;
import lethe.device.store.DeviceStore;
import lethe.device.store.GivenConsent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one conversation alive: opens it, ends it when the broker falls silent, opens the next one after a break, or
 * not, as the close code says.
 *
 * <p>Lives on its client's strand.
 */
final class Connector {
    private static final Duration TICK_BUSY = Duration.ofMillis(100);
    private static final Duration TICK_IDLE = Duration.ofSeconds(1);

    private final DeviceSettings settings;
    private final DeviceRuntime runtime;
    private final DeviceStore store;
    private final Custodian custodian;
    private final DeviceListener listener;
    private final Executor strand;
    private final Backoff backoff;

    private boolean wanted;
    private @Nullable Conversation conversation;
    private @Nullable BrokerSocket socket;
    private ClientFrame.@Nullable Resume resume;
    /** Counts attempts and waits, so that what belongs to an earlier one is told apart. */
    private long turn;

    private boolean ticking;

    Connector(
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            Custodian custodian,
            DeviceListener listener,
            Executor strand) {
        this.settings = settings;
        this.runtime = runtime;
        this.store = store;
        this.custodian = custodian;
        this.listener = listener;
        this.strand = strand;
        this.backoff = new Backoff(settings.backoffFirst(), settings.backoffLast(), runtime.random());
    }

    /** The live session; null while there is none. */
    @Nullable
    Conversation session() {
        return conversation != null && conversation.isLive() ? conversation : null;
    }

    void connect() {
        if (!wanted) {
            wanted = true;
            backoff.reset();
            open();
        }
    }

    /** If it is waiting to try, it tries now. */
    void tryNow() {
        if (wanted && conversation == null) {
            backoff.reset();
            open();
        }
    }

    private void open() {
        GivenConsent consent = store.consent().orElse(null);
        if (consent == null || custodian.hasFailed()) {
            wanted = false;
            return;
        }
        long mine = ++turn;
        Conversation opening = new Conversation(
                settings,
                store.identity(),
                consent,
                custodian,
                listener,
                custodian.arrivals(),
                resume,
                runtime.clock().instant());
        conversation = opening;
        BrokerSocket opened = BrokerSocket.open(
                runtime.http(), settings.broker(), settings.encoding(), settings.patience(), new Incoming(mine));
        socket = opened;
        opening.over(opened);
        wake();
    }

    /** The socket's events, brought to the strand. */
    private final class Incoming implements BrokerSocket.Events {
        private final long mine;

        Incoming(long mine) {
            this.mine = mine;
        }

        @Override
        public void frame(ServerFrame frame) {
            strand.execute(() -> heard(mine, frame));
        }

        @Override
        public void closed(int code) {
            strand.execute(() -> closed(mine, code));
        }

        private void closed(long turnOfSocket, int code) {
            if (turnOfSocket == turn && conversation != null) {
                Connector.this.broken(code);
            }
        }
    }

    private void heard(long mine, ServerFrame frame) {
        if (mine != turn || conversation == null || socket == null) {
            return;
        }
        socket.more();
        if (frame instanceof ServerFrame.GoAway away) {
            goAway(away);
        } else if (!conversation.heard(frame, runtime.clock().instant())) {
            cut();
        } else if (frame instanceof ServerFrame.Drained) {
            backoff.reset();
        }
    }

    /** The broker restarts: leave now, come back when it says, each phone a little later than the other. */
    private void goAway(ServerFrame.GoAway away) {
        long spread = runtime.random().nextLong(away.spread().toMillis() + 1);
        Duration wait = away.after().plusMillis(spread);
        part();
        retryIn(wait);
        listener.on(new DeviceEvent.Disconnected(CloseReason.RESTART.code(), wait));
    }

    private void cut() {
        if (socket != null) {
            socket.abort();
        }
        broken(BrokerSocket.NO_CLOSE_FRAME);
    }

    private void broken(int code) {
        boolean overtaken = isOfAnOlderConsent(code) && hasAgreedSince();
        forget();
        if (!overtaken && !CloseReason.reconnectAfter(code)) {
            wanted = false;
            if (isOfAnOlderConsent(code) || code == CloseReason.ERASED.code()) {
                store.withdrawn();
            }
            if (code == CloseReason.ERASED.code()) {
                custodian.outbox().abandon(runtime.clock().instant());
            }
            listener.on(new DeviceEvent.Disconnected(code, null));
            return;
        }
        Duration wait = backoff.next();
        retryIn(wait);
        listener.on(new DeviceEvent.Disconnected(code, wait));
    }

    /**
     * Whether the broker says that the consent of this session counts no more: the policy was raised; or the phone is
     * none of the subscriber's, because that has opted out elsewhere, lists other devices, or is somebody else by now.
     * What the phone has in custody stays; its owner may opt in anew.
     */
    private static boolean isOfAnOlderConsent(int code) {
        return code == CloseReason.NO_CONSENT.code() || code == CloseReason.NOT_AUTHENTIC.code();
    }

    /** The owner has agreed anew since this session was opened. */
    private boolean hasAgreedSince() {
        Conversation ending = conversation;
        return ending != null
                && store.consent()
                        .filter(consent -> !consent.equals(ending.consent()))
                        .isPresent();
    }

    private void retryIn(Duration wait) {
        long mine = ++turn;
        runtime.alarm()
                .in(
                        wait,
                        () -> strand.execute(() -> {
                            if (wanted && mine == turn && conversation == null) {
                                open();
                            }
                        }));
    }

    /** Leaves for good, until {@link #connect}. */
    void leave() {
        wanted = false;
        part();
        turn++;
    }

    private void part() {
        if (conversation != null && socket != null) {
            if (conversation.isLive()) {
                conversation.say(new ClientFrame.Bye());
                socket.leave();
            } else {
                socket.abort();
            }
        }
        forget();
    }

    private void forget() {
        if (conversation != null) {
            resume = conversation.toResume();
            conversation.leave();
        }
        conversation = null;
        socket = null;
        custodian.outbox().disconnected();
    }

    /** Something has to be watched over. */
    void wake() {
        if (!ticking) {
            ticking = true;
            runtime.alarm().in(TICK_BUSY, () -> strand.execute(this::tick));
        }
    }

    /** Time passes. */
    void tick() {
        ticking = false;
        Instant now = runtime.clock().instant();
        custodian.outbox().tick(now);
        if (conversation != null && !conversation.tick(now)) {
            cut();
        }
        boolean busy = !custodian.outbox().isEmpty();
        if (busy || conversation != null) {
            ticking = true;
            runtime.alarm().in(busy ? TICK_BUSY : TICK_IDLE, () -> strand.execute(this::tick));
        }
    }
}
