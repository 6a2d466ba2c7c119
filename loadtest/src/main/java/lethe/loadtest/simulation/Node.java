package lethe.loadtest.simulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A broker's node: the owners of subscribers that live on it, the connections of phones to it, and whom it takes for
 * each subscriber's owner.
 *
 * <p>Stands for the shards too. Does not show how nodes come to agree who owns what: the run decides that, and lets
 * them disagree.
 */
final class Node {
    private final World world;
    private final int number;
    private final DriftingClock clock;
    private final int[] ownerOf;
    private final Map<Integer, Owner> owners = new LinkedHashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private Fence fence;
    private long life;
    private boolean up = true;
    private boolean cutFromStore;
    private long pausedUntil;

    Node(World world, int number) {
        this.world = world;
        this.number = number;
        this.clock = new DriftingClock(world.timeline());
        this.ownerOf = new int[world.plan().phones()];
        this.fence = world.fence(this);
    }

    int number() {
        return number;
    }

    Clock clock() {
        return clock;
    }

    void setClock(long ahead) {
        clock.set(ahead);
    }

    Fence fence() {
        return fence;
    }

    boolean isUp() {
        return up;
    }

    boolean isCutFromStore() {
        return cutFromStore;
    }

    void cutFromStore(boolean apart) {
        cutFromStore = apart;
    }

    /** Something that happens on this node in a while, unless the node has died by then; later, if it stands still. */
    void later(long micros, Runnable what) {
        long begun = life;
        world.timeline().after(micros, () -> happens(begun, what));
    }

    private void happens(long begun, Runnable what) {
        if (!up || life != begun) {
            return;
        }
        long left = pausedUntil - world.timeline().now();
        if (left > 0) {
            world.timeline().after(left, () -> happens(begun, what));
        } else {
            what.run();
        }
    }

    /** Whom it takes for the owner of a subscriber. */
    int ownerOf(int subscriber) {
        return ownerOf[subscriber];
    }

    void believe(int subscriber, int owner) {
        ownerOf[subscriber] = owner;
    }

    /** Tells a subscriber something, wherever this node thinks that it lives. */
    void tell(int subscriber, Consumer<Desk> command) {
        Node to = world.node(ownerOf[subscriber]);
        world.network().tell(this, to, () -> to.receive(subscriber, command, true));
    }

    /** As {@link #tell}, for what senders repeat. */
    void tellPerhapsTwice(int subscriber, Consumer<Desk> command) {
        Node to = world.node(ownerOf[subscriber]);
        world.network().tellPerhapsTwice(this, to, () -> to.receive(subscriber, command, true));
    }

    /** A command for a subscriber has come. One that is another node's business goes on to that one, once. */
    private void receive(int subscriber, Consumer<Desk> command, boolean mayGoOn) {
        Owner owner = owners.get(subscriber);
        if (owner != null) {
            owner.take(command);
        } else if (ownerOf[subscriber] == number) {
            Owner begun = new Owner(world, this, subscriber);
            owners.put(subscriber, begun);
            begun.take(command);
            begun.recover();
        } else if (mayGoOn) {
            Node to = world.node(ownerOf[subscriber]);
            world.network().tell(this, to, () -> to.receive(subscriber, command, false));
        }
    }

    /** The owner that lives here, whatever anybody believes. */
    Optional<Owner> owner(int subscriber) {
        return Optional.ofNullable(owners.get(subscriber));
    }

    /** An owner lives here no longer. */
    void left(Owner owner) {
        if (owners.remove(owner.subscriber(), owner)) {
            fence.released(owner.subscriber());
        }
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /** Stands still for a while. */
    void pause(long micros) {
        pausedUntil = Math.max(pausedUntil, world.timeline().now() + micros);
    }

    void resume() {
        pausedUntil = 0;
    }

    /** Dies, with everything in its memory. */
    void crash() {
        List<Owner> dying = new ArrayList<>(owners.values());
        List<Connection> breaking = new ArrayList<>(connections);
        dying.forEach(Owner::die);
        breaking.forEach(Connection::nodeDied);
        owners.clear();
        connections.clear();
        up = false;
        life++;
        pausedUntil = 0;
    }

    void start() {
        if (!up) {
            up = true;
            life++;
            fence = world.fence(this);
        }
    }
}
