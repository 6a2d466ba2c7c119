package lethe.device;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;
import org.jspecify.annotations.Nullable;

/**
 * A whole broker on the loopback: accounts and prekeys, and a relay of messages that keeps to the protocol as far as a
 * test does not make it lie.
 */
final class LyingBroker implements AutoCloseable {
    private static final Duration USUAL_TTL = Duration.ofDays(3);
    private static final Duration HEARTBEAT = Duration.ofHours(1);
    private static final int MAX_FRAME = 70_000;

    /** A message on its way to a device. */
    record Parcel(MessageId id, DeviceId to, Opaque body) {
        Parcel with(Opaque other) {
            return new Parcel(id, to, other);
        }

        Parcel with(MessageId other) {
            return new Parcel(other, to, body);
        }

        Parcel to(DeviceId other) {
            return new Parcel(id, other, body);
        }
    }

    final Directory directory = new Directory();

    /** What devices are given in place of what somebody sent to one. */
    volatile Function<Parcel, List<Parcel>> meddling = List::of;

    /** Whether acknowledgements are passed over. */
    volatile boolean deaf;

    /** What was sent, as it was sent. */
    final List<Parcel> sent = new CopyOnWriteArrayList<>();

    /** What gateways may open. */
    final Map<MessageId, Opaque> capsules = new ConcurrentHashMap<>();

    private final Clock clock;
    private final ScriptedBroker sockets;
    private final Map<DeviceId, Line> lines = new HashMap<>();
    private final Map<DeviceId, List<Parcel>> waiting = new HashMap<>();
    private final Map<MessageId, DeviceId> senders = new HashMap<>();
    private final Map<MessageId, Instant> lives = new HashMap<>();
    private final Map<MessageId, ReceiptState> ends = new HashMap<>();
    private int sessions;
    private int skipped;

    LyingBroker(Clock clock) {
        this.clock = clock;
        this.sockets = new ScriptedBroker(directory, this::serve);
    }

    URI uri() {
        return sockets.uri();
    }

    /** Connections of all kinds. */
    int connections() {
        return sockets.connections();
    }

    synchronized int sessions() {
        return sessions;
    }

    /** Gives a device something that nobody sent. */
    synchronized void deliver(Parcel parcel) {
        waiting.computeIfAbsent(parcel.to(), device -> new ArrayList<>()).add(parcel);
        Line line = lines.get(parcel.to());
        if (line != null) {
            line.deliver(parcel);
        }
    }

    /** Says that a device has something, which it does not. */
    synchronized void claims(Parcel parcel) {
        end(parcel, ReceiptState.DELIVERED);
    }

    /** Leaves out a number of the next session in which something is delivered. */
    synchronized void skip() {
        skipped = 1;
    }

    /** What became of a message; null if that is open. */
    @Nullable
    synchronized ReceiptState end(MessageId id) {
        return ends.get(id);
    }

    private void serve(ScriptedSession session) {
        try {
            session.say(new ServerFrame.Challenge(ScriptedSession.NONCE));
            if (session.hear() instanceof ClientFrame.Hello hello) {
                Line line = new Line(session, hello.device());
                enter(line);
                ClientFrame frame = session.hear();
                while (frame != null && !(frame instanceof ClientFrame.Bye)) {
                    heard(line, frame);
                    frame = session.hear();
                }
                leave(line);
            }
        } catch (UncheckedIOException e) {
            // the phone is gone
        }
        session.cut();
    }

    private synchronized void enter(Line line) {
        sessions++;
        lines.put(line.device, line);
        line.say(new ServerFrame.Welcome(
                ScriptedSession.sessionId(sessions), false, HEARTBEAT, MAX_FRAME, Resources.EPOCH, clock.instant()));
        waiting.getOrDefault(line.device, List.of()).forEach(line::deliver);
        line.say(new ServerFrame.Drained());
    }

    private synchronized void leave(Line line) {
        lines.remove(line.device, line);
    }

    private synchronized void heard(Line line, ClientFrame frame) {
        if (frame instanceof ClientFrame.Send send) {
            take(line, send);
        } else if (frame instanceof ClientFrame.Ack ack && !deaf) {
            line.acknowledged(ack);
        } else if (frame instanceof ClientFrame.Watch watch) {
            watch.ids().forEach(id -> line.say(state(id)));
        } else if (frame instanceof ClientFrame.Ping) {
            line.say(new ServerFrame.Pong());
        }
    }

    private ServerFrame state(MessageId id) {
        ReceiptState end = ends.get(id);
        if (end != null) {
            return new ServerFrame.Receipt(id, end, clock.instant(), false);
        }
        Instant expires = lives.getOrDefault(id, Instant.MIN);
        return clock.instant().isBefore(expires)
                ? new ServerFrame.Held(null, id, expires)
                : new ServerFrame.Unknown(id);
    }

    private void take(Line line, ClientFrame.Send send) {
        Bodies.AccountDevices entry = directory.entry(send.to()).orElse(null);
        if (entry == null) {
            line.say(new ServerFrame.Receipt(send.id(), ReceiptState.REJECTED, clock.instant(), false));
            return;
        }
        List<DeviceId> devices = entry.list().devices().stream()
                .map(Device::id)
                .filter(device -> !device.equals(line.device))
                .toList();
        boolean current = send.list() == null || send.list() >= entry.list().version();
        DeviceId device = send.device();
        if (device == null || !devices.contains(device) || !current) {
            Difference difference = new Difference(entry.list().version(), devices, List.of(), List.of(), List.of());
            Problem problem = Problem.of(ProblemType.DEVICES_DIFFER).with(difference);
            line.say(new ServerFrame.Refused(send.ref(), problem));
            return;
        }
        if (senders.put(send.id(), line.device) == null) {
            Duration ttl = Objects.requireNonNullElse(send.ttl(), USUAL_TTL);
            lives.put(send.id(), clock.instant().plus(ttl));
            Parcel parcel = new Parcel(send.id(), device, send.body());
            if (send.capsule() != null) {
                capsules.put(send.id(), send.capsule());
            }
            sent.add(parcel);
            line.say(new ServerFrame.Held(send.ref(), send.id(), clock.instant().plus(ttl)));
            meddling.apply(parcel).forEach(this::deliver);
        } else {
            line.say(state(send.id()));
        }
    }

    private void end(Parcel parcel, ReceiptState state) {
        waiting.getOrDefault(parcel.to(), new ArrayList<>()).remove(parcel);
        DeviceId sender = senders.get(parcel.id());
        if (ends.putIfAbsent(parcel.id(), state) == null && sender != null && lines.containsKey(sender)) {
            lines.get(sender).say(new ServerFrame.Receipt(parcel.id(), state, clock.instant(), false));
        }
    }

    @Override
    public void close() {
        sockets.close();
    }

    /** A device's session. */
    private final class Line {
        private final ScriptedSession session;
        final DeviceId device;
        private final TreeMap<Long, Parcel> unacknowledged = new TreeMap<>();
        private long seq;

        Line(ScriptedSession session, DeviceId device) {
            this.session = session;
            this.device = device;
        }

        void say(ServerFrame frame) {
            try {
                session.say(frame);
            } catch (UncheckedIOException e) {
                // the phone is gone, which its own thread finds out
            }
        }

        void deliver(Parcel parcel) {
            seq += 1 + skipped;
            skipped = 0;
            unacknowledged.put(seq, parcel);
            say(new ServerFrame.Deliver(seq, parcel.id(), USUAL_TTL, Urgency.NORMAL, parcel.body()));
        }

        void acknowledged(ClientFrame.Ack ack) {
            for (long number :
                    List.copyOf(unacknowledged.headMap(ack.upto(), true).keySet())) {
                if (!ack.except().contains(number)) {
                    boolean bad = ack.undecryptable().contains(number);
                    Parcel parcel = Objects.requireNonNull(unacknowledged.remove(number));
                    end(parcel, bad ? ReceiptState.UNDECRYPTABLE : ReceiptState.DELIVERED);
                }
            }
        }
    }
}
