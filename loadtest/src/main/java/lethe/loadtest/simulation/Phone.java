package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * A phone, the only device of its subscriber: connects to any node, comes back after a break, and dies now and then.
 * Leaves out what comes before its sessions: challenge and proof.
 */
final class Phone {
    private static final int CREDIT = 8;
    private static final int SIGNATURE = 64;
    private static final int HASH = 32;
    private static final long TICK = 500 * MILLI;
    private static final long PATIENCE = 6 * SECOND;

    private final World world;
    private final int number;
    private final DriftingClock clock;
    private final Tag tag;
    private final Device device;
    private final Account account;
    private final Consent consent;
    private final PhoneCustody custody;
    private final Membership membership;
    private long life;
    private boolean up = true;
    private @Nullable Connection connection;
    private boolean live;
    private long opened;
    private long received;
    private long acknowledged;
    private ClientFrame.@Nullable Resume resume;

    Phone(World world, int number) {
        this.world = world;
        this.number = number;
        this.clock = new DriftingClock(world.timeline());
        Dice dice = world.dice();
        this.tag = new Tag(dice.bytes(Tag.LENGTH));
        this.device =
                new Device(new DeviceId(dice.bytes(DeviceId.LENGTH)), new DeviceKey(dice.bytes(DeviceKey.LENGTH)));
        DeviceList list = new DeviceList(1, List.of(device), dice.bytes(SIGNATURE));
        this.account = Account.of(new DeviceKey(dice.bytes(DeviceKey.LENGTH)), list);
        this.consent =
                new Consent(1, dice.bytes(HASH), Set.of(Scope.IP), clock.instant(), device.id(), dice.bytes(SIGNATURE));
        this.custody = new PhoneCustody(world, this);
        this.membership = new Membership(world, this);
        tick();
    }

    int number() {
        return number;
    }

    String name() {
        return "phone-" + number;
    }

    Tag tag() {
        return tag;
    }

    DeviceId device() {
        return device.id();
    }

    Account account() {
        return account;
    }

    Consent consent() {
        return consent;
    }

    PhoneCustody custody() {
        return custody;
    }

    Membership membership() {
        return membership;
    }

    void setClock(long ahead) {
        clock.set(ahead);
    }

    /** To the millisecond, as records have it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    boolean isUp() {
        return up;
    }

    /** Something that happens on this phone in a while, unless it has died by then. */
    void later(long micros, Runnable what) {
        long begun = life;
        world.timeline().after(micros, () -> {
            if (up && life == begun) {
                what.run();
            }
        });
    }

    private void tick() {
        later(TICK, () -> {
            tick();
            boolean late = connection != null && !live && world.timeline().now() - opened > PATIENCE;
            if (late) {
                leave();
            }
            connect();
            custody.outbox().tick(now());
            custody.perform();
        });
    }

    /** Opens a connection, if it has none and its owner has opted in. */
    private void connect() {
        if (connection == null && membership.isIn()) {
            Connection opening = new Connection(world, this, world.anyNode());
            connection = opening;
            live = false;
            opened = world.timeline().now();
            opening.toNode(new ClientFrame.Hello(tag, device.id(), 1, Opaque.empty(), CREDIT, resume));
        }
    }

    /** A frame came. */
    void hear(Connection from, ServerFrame frame) {
        if (from != connection) {
            return;
        }
        world.trace().say(() -> "  " + name() + " hears " + frame);
        if (frame instanceof ServerFrame.Welcome welcome) {
            welcome(welcome);
        } else if (live && frame instanceof ServerFrame.Deliver deliver) {
            take(deliver);
        } else if (live && !world.isMute()) {
            answer(frame);
        }
        if (up) {
            custody.perform();
        }
    }

    private void welcome(ServerFrame.Welcome welcome) {
        live = true;
        received = 0;
        acknowledged = 0;
        resume = new ClientFrame.Resume(welcome.session(), 0);
        if (!world.isMute()) {
            custody.outbox().connected(now());
        }
    }

    private void take(ServerFrame.Deliver deliver) {
        if (deliver.seq() != received + 1) {
            resume = null;
            leave();
            return;
        }
        received = deliver.seq();
        if (world.plan().has(Plant.ACKNOWLEDGED_BEFORE_WRITTEN)) {
            acknowledge();
            if (world.mayDie() && world.dice().oneIn(20)) {
                crash();
                return;
            }
        }
        custody.inbox().take(deliver.id(), deliver.body(), Opaque.empty(), now());
    }

    private void answer(ServerFrame frame) {
        if (frame instanceof ServerFrame.Held held) {
            custody.outbox().held(held.id(), held.expires().truncatedTo(ChronoUnit.MILLIS));
        } else if (frame instanceof ServerFrame.Receipt receipt) {
            Instant at = receipt.at().truncatedTo(ChronoUnit.MILLIS);
            custody.outbox().receipt(receipt.id(), receipt.state(), at, receipt.settle(), now());
        } else if (frame instanceof ServerFrame.FallbackNow fallback) {
            Instant at = fallback.at().truncatedTo(ChronoUnit.MILLIS);
            custody.outbox().fallbackNow(fallback.id(), at, fallback.settle(), now());
        } else if (frame instanceof ServerFrame.Unknown unknown) {
            custody.outbox().unknown(unknown.id(), now());
        } else if (frame instanceof ServerFrame.Refused refused && refused.ref() != null) {
            custody.outbox().refused(refused.ref(), refused.problem(), now());
        }
    }

    /** Everything received so far is on the disk. */
    void acknowledge() {
        if (received > acknowledged) {
            acknowledged = received;
            if (resume != null) {
                resume = new ClientFrame.Resume(resume.session(), acknowledged);
            }
            say(new ClientFrame.Ack(received, List.of(), List.of()));
        }
    }

    void say(ClientFrame frame) {
        if (connection != null && live) {
            world.trace().say(() -> "  " + name() + " says " + frame);
            connection.toNode(custody.distorted(frame));
        }
    }

    /** The connection is gone. */
    void lost(Connection which) {
        if (which == connection) {
            drop();
            custody.perform();
        }
    }

    /** The broker knows no consent of this subscriber. */
    void refused() {
        leave();
        membership.isUnknown();
    }

    /** Leaves the session. */
    void leave() {
        Connection left = connection;
        if (left != null) {
            drop();
            left.breakOff(SECOND);
        }
    }

    private void drop() {
        connection = null;
        live = false;
        custody.outbox().disconnected();
    }

    /** Its network fails: it finds out, or does not. */
    void breakConnection(long within) {
        if (connection != null) {
            connection.breakOff(within);
        }
    }

    /** Dies. Its disk stays. */
    void crash() {
        if (up) {
            up = false;
            life++;
            custody.die();
            Connection left = connection;
            connection = null;
            live = false;
            if (left != null) {
                left.phoneDied();
            }
            long begun = life;
            world.timeline().after(world.dice().about(2 * SECOND), () -> {
                if (life == begun) {
                    start();
                }
            });
        }
    }

    /** Lives again, if it does not. */
    void start() {
        if (!up) {
            up = true;
            life++;
            resume = null;
            custody.recover();
            if (up) {
                membership.recover();
                tick();
            }
        }
    }
}
