package lethe.gatling.phone;

import java.time.Duration;
import java.util.Objects;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.device.store.Identity;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.jspecify.annotations.Nullable;

/** One phone, and one side of one conversation after the other with its broker. */
public final class Phone {
    private final Identity identity;
    private final Timings timings;
    private final Inbox inbox = new Inbox();
    private final Outbox outbox;
    private final Pace pace;

    private long epoch;
    private int credit;
    private long openedAt;
    private @Nullable Opaque nonce;
    private boolean welcome;
    private boolean drained;
    private boolean ponged;
    private String complaint = "";
    private volatile Progress progress = Progress.OFF;

    /**
     * A phone that is off.
     *
     * @param outbox names whom it sends to
     */
    Phone(Identity identity, Outbox outbox, Pace pace, Timings timings) {
        this.identity = identity;
        this.outbox = outbox;
        this.pace = pace;
        this.timings = timings;
    }

    Identity identity() {
        return identity;
    }

    /** Its owner has agreed to this policy epoch. */
    void optedIn(long agreed) {
        epoch = agreed;
    }

    public Inbox inbox() {
        return inbox;
    }

    public Outbox outbox() {
        return outbox;
    }

    /**
     * Opens a socket.
     *
     * @param messages that it takes unacknowledged
     */
    public void opens(int messages) {
        credit = messages;
        openedAt = System.nanoTime();
        nonce = null;
        welcome = false;
        drained = false;
        inbox.begin();
    }

    /** A frame came. */
    public void hear(byte[] bytes) {
        if (Frames.decodeServer(Encoding.CBOR, bytes) instanceof Decoded.Good<ServerFrame> good) {
            hear(good.value());
        } else {
            complaint = "an unreadable frame";
        }
    }

    private void hear(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            inbox.take(deliver);
        } else if (frame instanceof ServerFrame.Receipt receipt) {
            outbox.ended(receipt, System.nanoTime());
        } else if (frame instanceof ServerFrame.Held held) {
            outbox.held(held, System.nanoTime());
        } else if (frame instanceof ServerFrame.Refused refused) {
            refused(refused);
        } else if (frame instanceof ServerFrame.Challenge challenge) {
            nonce = challenge.nonce();
        } else if (frame instanceof ServerFrame.Welcome) {
            timings.connected(System.nanoTime() - openedAt);
            welcome = true;
            reach(Progress.CONNECTED);
        } else if (frame instanceof ServerFrame.Drained) {
            drained = true;
        } else if (frame instanceof ServerFrame.Pong) {
            ponged = true;
        } else {
            complaint = frame.getClass().getSimpleName();
        }
    }

    /** Refused for now, because there is too much of it, is an answer; refused for good is a mistake. */
    private void refused(ServerFrame.Refused refused) {
        Long ref = refused.ref();
        ProblemType type = refused.problem().type();
        if (ref == null || !type.retryable()) {
            complaint = type.word();
        }
        if (ref != null) {
            outbox.refused(ref);
        }
    }

    public boolean isChallenged() {
        return nonce != null;
    }

    public boolean isWelcome() {
        return welcome;
    }

    /** Whether everything that waited when it connected has come, as far as its credit went. */
    public boolean isDrained() {
        return drained;
    }

    public boolean hasPong() {
        return ponged;
    }

    /** What was wrong with what it heard; empty if nothing was. */
    public String complaint() {
        return complaint;
    }

    /** Answers the challenge. */
    public byte[] hello() {
        byte[] statement =
                ClientFrame.Hello.statement(Objects.requireNonNull(nonce), identity.tag(), identity.device());
        return bytes(new ClientFrame.Hello(
                identity.tag(), identity.device(), epoch, identity.sign(statement), credit, null));
    }

    /** Sends at its own pace from now on, first after a part of its interval. */
    public void beginsToSend(Duration after) {
        pace.begin(System.nanoTime() + after.toNanos());
    }

    /** How long until it means to send the next message. */
    public Duration untilDue() {
        return pace.untilDue(System.nanoTime());
    }

    /** The message that is due. */
    public byte[] dueMessage() {
        return bytes(outbox.next(false, pace.take(System.nanoTime())));
    }

    /** A message out of turn. */
    public byte[] message(boolean last) {
        return bytes(outbox.next(last, System.nanoTime()));
    }

    public byte[] acknowledgement() {
        return bytes(inbox.acknowledge());
    }

    public byte[] watch() {
        return bytes(outbox.watch());
    }

    public byte[] settlement() {
        return bytes(outbox.settle());
    }

    public byte[] ping() {
        ponged = false;
        return bytes(new ClientFrame.Ping());
    }

    private static byte[] bytes(ClientFrame frame) {
        return Frames.encode(Encoding.CBOR, frame);
    }

    /** Has come this far, or farther. */
    public void reach(Progress step) {
        if (!hasReached(step)) {
            progress = step;
        }
    }

    /** Whether it has come this far. Any thread may ask. */
    public boolean hasReached(Progress step) {
        return progress.compareTo(step) >= 0;
    }
}
