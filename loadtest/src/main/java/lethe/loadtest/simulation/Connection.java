package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;

/**
 * A socket between a phone and a node: in order both ways until it breaks, and each side finds that out in its own
 * time. What is under way then is gone.
 */
final class Connection {
    private final World world;
    private final Phone phone;
    private final Node node;
    private final Session session;
    private long latestToNode;
    private long latestToPhone;
    private boolean broken;

    /** A phone opens it. */
    Connection(World world, Phone phone, Node node) {
        this.world = world;
        this.phone = phone;
        this.node = node;
        this.session = new Session(world, node, this, phone.number());
        node.opened(this);
    }

    /** The phone says something. */
    void toNode(ClientFrame frame) {
        latestToNode = Math.max(latestToNode, world.timeline().now() + latency());
        node.later(latestToNode - world.timeline().now(), () -> {
            if (!broken) {
                session.received(frame);
            }
        });
    }

    /** The node says something. */
    void toPhone(ServerFrame frame) {
        toPhone(() -> phone.hear(this, frame));
    }

    /** The node says that the subscriber has not opted in. */
    void refuse() {
        toPhone(phone::refused);
    }

    private void toPhone(Runnable what) {
        latestToPhone = Math.max(latestToPhone, world.timeline().now() + latency());
        phone.later(latestToPhone - world.timeline().now(), () -> {
            if (!broken) {
                what.run();
            }
        });
    }

    private long latency() {
        return 500 + world.dice().about(10 * MILLI);
    }

    /** Nothing passes any more. Each side finds out within a time. */
    void breakOff(long within) {
        if (!broken) {
            broken = true;
            node.closed(this);
            phone.later(1 + world.dice().between(0, within + MILLI), () -> phone.lost(this));
            node.later(1 + world.dice().between(0, 2 * within + 10 * MILLI), session::ended);
        }
    }

    /** The phone is no more. What it has said arrives; then the node finds out. */
    void phoneDied() {
        node.later(100 * MILLI + world.dice().between(0, 4 * SECOND), () -> breakOff(0));
    }

    /** The node is no more. What it has said arrives; then the phone finds out. */
    void nodeDied() {
        session.died();
        phone.later(100 * MILLI + world.dice().between(0, SECOND), () -> breakOff(0));
    }

    /** How long a side takes to find out that the other one is gone. */
    static long unnoticed(Dice dice) {
        return dice.oneIn(3) ? 0 : dice.about(5 * SECOND);
    }
}
