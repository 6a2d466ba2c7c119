package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import lethe.core.identity.SessionId;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.subscriber.Terms;
import org.jspecify.annotations.Nullable;

/**
 * A phone's connection as its node has it. Keeps no message. Leaves out challenge and proof, heartbeats, allowances and
 * the credit that a phone adds.
 */
final class Session {
    private static final Terms TERMS =
            new Terms(64 << 10, Duration.ofDays(3), Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final int MAX_FRAME = 1 << 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(60);

    private final World world;
    private final Node node;
    private final Connection connection;
    private final int subscriber;
    private final SessionId id;
    private final Instant opened;
    private @Nullable Owner own;
    private boolean over;

    /** Of a connection that has just come. */
    Session(World world, Node node, Connection connection, int subscriber) {
        this.world = world;
        this.node = node;
        this.connection = connection;
        this.subscriber = subscriber;
        this.id = new SessionId(world.dice().bytes(SessionId.LENGTH));
        this.opened = node.clock().instant();
    }

    SessionId id() {
        return id;
    }

    /** By its node's clock. */
    Instant opened() {
        return opened;
    }

    Connection connection() {
        return connection;
    }

    /** The phone says something. */
    void received(ClientFrame frame) {
        if (over) {
            return;
        }
        Owner attached = own;
        if (frame instanceof ClientFrame.Hello hello) {
            node.tell(subscriber, desk -> desk.attach(this, hello.resume()));
        } else if (frame instanceof ClientFrame.Send send) {
            send(send);
        } else if (frame instanceof ClientFrame.Watch watch) {
            Watcher watcher = new Watcher(this, null);
            node.tellPerhapsTwice(world.numberOf(watch.to()), desk -> desk.watch(watch.ids(), watcher));
        } else if (frame instanceof ClientFrame.Settle settle) {
            node.tellPerhapsTwice(world.numberOf(settle.to()), desk -> desk.settle(settle.ids()));
        } else if (frame instanceof ClientFrame.Revoke revoke) {
            Watcher watcher = new Watcher(this, revoke.ref());
            node.tellPerhapsTwice(world.numberOf(revoke.to()), desk -> desk.revoke(revoke.id(), watcher));
        } else if (frame instanceof ClientFrame.Ack ack && attached != null) {
            tell(attached, desk -> desk.acknowledge(this, ack.upto()));
        }
    }

    private void send(ClientFrame.Send send) {
        Terms.Offer offer = TERMS.judge(
                send.id(),
                send.body(),
                send.ttl(),
                send.urgency(),
                send.deadline(),
                send.fallback(),
                send.capsule(),
                node.clock().instant());
        if (offer instanceof Terms.Offer.Acceptable acceptable) {
            Watcher watcher = new Watcher(this, send.ref());
            long label = subscriber + 1L;
            node.tellPerhapsTwice(
                    world.numberOf(send.to()),
                    desk -> desk.deliver(acceptable.envelope(), send.after(), label, watcher));
        } else if (offer instanceof Terms.Offer.Unacceptable unacceptable) {
            connection.toPhone(new ServerFrame.Refused(send.ref(), unacceptable.problem()));
        }
    }

    private void tell(Owner owner, Consumer<Desk> command) {
        world.network().tell(node, owner.node(), () -> owner.take(command));
    }

    /** An owner has something to say to the phone. */
    void tell(Owner by, ServerFrame frame) {
        world.network().tell(by.node(), node, () -> {
            if (!over) {
                connection.toPhone(frame);
            }
        });
    }

    /** The phone is in. */
    void attached(Owner by, boolean resumed) {
        Instant now = by.node().clock().instant();
        world.network().tell(by.node(), node, () -> {
            if (over) {
                tell(by, desk -> desk.detach(this));
            } else {
                own = by;
                connection.toPhone(new ServerFrame.Welcome(id, resumed, HEARTBEAT, MAX_FRAME, 1, now));
            }
        });
    }

    /** The subscriber is not opted in. */
    void refuse(Owner by) {
        world.network().tell(by.node(), node, () -> {
            connection.refuse();
            over = true;
        });
    }

    /** An owner wants it to end, or has itself ended. If no word of that arrives, it is noticed a little later. */
    void leave(Owner by) {
        world.network().tell(by.node(), node, () -> closeIfOf(by));
        bereave(by);
    }

    /** An owner has died, and nobody says so. */
    void bereave(Owner by) {
        node.later(world.dice().between(SECOND, 6 * SECOND), () -> closeIfOf(by));
    }

    private void closeIfOf(Owner by) {
        if (own == null || own == by) {
            close();
        }
    }

    private void close() {
        connection.breakOff(0);
        ended();
    }

    /** The connection is gone. Its owner hears at once, or when it finds out by itself. */
    void ended() {
        if (over) {
            return;
        }
        over = true;
        if (own != null) {
            tell(own, desk -> desk.detach(this));
            missed(own);
        }
    }

    /** Its node has died. Its owner finds out. */
    void died() {
        over = true;
        if (own != null) {
            missed(own);
        }
    }

    private void missed(Owner by) {
        by.node().later(world.dice().between(SECOND, 10 * SECOND), () -> by.take(desk -> desk.detach(this)));
    }
}
