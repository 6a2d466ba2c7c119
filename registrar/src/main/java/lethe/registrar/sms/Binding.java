package lethe.registrar.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * One binding to a centre, made anew whenever it breaks: at once the first time, then with pauses that double. A thread
 * of its own binds; jSMPP's asks after the centre when nothing happens (enquire_link, section 4.11), and closes the
 * session when it is silent.
 */
final class Binding implements AutoCloseable {
    /** Threads that hear answers and deliveries: whoever hears of a delivery may have to wait for a disk. */
    private static final int PROCESSORS = 8;

    private final SmppSettings settings;
    private final MessageReceiverListener inbound;
    private final ConnectionFactory connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable SMPPSession session;
    private boolean ended;

    private Binding(SmppSettings settings, MessageReceiverListener inbound, ConnectionFactory connections) {
        this.settings = settings;
        this.inbound = inbound;
        this.connections = connections;
    }

    static Binding keep(SmppSettings settings, MessageReceiverListener inbound) {
        return keep(settings, inbound, SocketConnectionFactory.getInstance());
    }

    /** The same, over connections of another kind. */
    static Binding keep(SmppSettings settings, MessageReceiverListener inbound, ConnectionFactory connections) {
        Binding binding = new Binding(settings, inbound, connections);
        Thread keeper = new Thread(binding::run, "smpp-binding");
        keeper.setDaemon(true);
        keeper.start();
        return binding;
    }

    /** The session, if it is bound within the time. */
    Optional<SMPPSession> session(Duration within) {
        long left = within.toNanos();
        lock.lock();
        try {
            while (session == null && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(session);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is bound just now. */
    boolean isBound() {
        return session(Duration.ZERO).isPresent();
    }

    private void run() {
        Duration pause = settings.firstPause();
        while (!isEnded()) {
            SMPPSession fresh = new SMPPSession(connections);
            try {
                bind(fresh);
                pause = settings.firstPause();
                put(fresh);
                awaitCut(fresh);
            } catch (IOException | RuntimeException away) {
                // Its message may name the centre; whoever wants to send is told that it is away.
                fresh.unbindAndClose();
                rest(pause);
                pause = shorter(pause.multipliedBy(2), settings.longestPause());
            }
        }
    }

    private void bind(SMPPSession fresh) throws IOException {
        fresh.setMessageReceiverListener(inbound);
        fresh.setPduProcessorDegree(PROCESSORS);
        fresh.setTransactionTimer(settings.answer().toMillis());
        fresh.setEnquireLinkTimer((int) settings.idle().toMillis());
        // Only that it returns counts, not what, since centres need not name themselves; and not what listeners hear:
        // of
        // a failed bind, too, that it is bound.
        var unused = fresh.connectAndBind(
                settings.host(),
                settings.port(),
                new BindParameter(
                        BindType.BIND_TRX,
                        settings.system(),
                        settings.password(),
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null,
                        InterfaceVersion.IF_34),
                settings.answer().toMillis());
        fresh.addSessionStateListener((state, before, source) -> {
            if (state == SessionState.CLOSED || state == SessionState.UNBOUND) {
                drop(fresh);
            }
        });
    }

    private void put(SMPPSession fresh) {
        lock.lock();
        try {
            session = fresh.getSessionState().isBound() && !ended ? fresh : null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void drop(SMPPSession old) {
        lock.lock();
        try {
            if (session == old) {
                session = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitCut(SMPPSession bound) {
        lock.lock();
        try {
            while (session == bound && !ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        bound.unbindAndClose();
    }

    private void rest(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Unbinds, and does not bind again. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
