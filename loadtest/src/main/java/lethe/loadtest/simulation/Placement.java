package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.util.List;

/** Where each subscriber is to live; nodes hear of it at once, late, or one by one. */
final class Placement {
    private final World world;
    private final int[] home;

    Placement(World world) {
        this.world = world;
        this.home = new int[world.plan().phones()];
        for (int subscriber = 0; subscriber < home.length; subscriber++) {
            home[subscriber] = subscriber % world.plan().nodes();
            everybodyBelieves(subscriber);
        }
    }

    private void everybodyBelieves(int subscriber) {
        world.nodes().forEach(node -> node.believe(subscriber, home[subscriber]));
    }

    /** One is stopped, so that it stores what waits; then it begins elsewhere, or in the same place. */
    void handOver(Dice dice) {
        int subscriber = dice.below(home.length);
        int to = place(dice);
        world.node(home[subscriber])
                .owner(subscriber)
                .ifPresentOrElse(owner -> owner.stop(() -> move(subscriber, to)), () -> move(subscriber, to));
    }

    private void move(int subscriber, int to) {
        if (!world.isHealing()) {
            moveTo(subscriber, to);
            everybodyBelieves(subscriber);
        }
    }

    /** Whoever lives there still, from before, has to go first: a node that comes back begins anew. */
    private void moveTo(int subscriber, int to) {
        if (home[subscriber] != to) {
            home[subscriber] = to;
            world.node(to).owner(subscriber).ifPresent(Owner::leave);
        }
    }

    private int place(Dice dice) {
        List<Node> there = world.nodes().stream().filter(Node::isUp).toList();
        return dice.oneOf(there.isEmpty() ? world.nodes() : there).number();
    }

    /** Some nodes take another one for a subscriber's owner, and the one before goes on until it hears, or longer. */
    void secondOwner(Dice dice) {
        int subscriber = dice.below(home.length);
        int before = home[subscriber];
        int to = place(dice);
        world.chronicle().fault("subscriber " + subscriber + " at node " + before + " gets an owner at node " + to);
        moveTo(subscriber, to);
        world.node(to).believe(subscriber, to);
        for (Node node : world.nodes()) {
            if (dice.oneIn(2)) {
                node.believe(subscriber, to);
            }
        }
        boolean livesOn = dice.oneIn(2);
        world.timeline().after(dice.about(6 * SECOND), () -> {
            if (!world.isHealing()) {
                everybodyBelieves(subscriber);
                if (!livesOn && home[subscriber] != before) {
                    world.node(before).owner(subscriber).ifPresent(Owner::leave);
                }
            }
        });
    }

    /** A node is not there, as far as the others know: after a while its subscribers live elsewhere. */
    void bereaved(Node node, long after, Dice dice) {
        world.timeline().after(after, () -> {
            for (int subscriber = 0; subscriber < home.length && !world.isHealing(); subscriber++) {
                if (home[subscriber] == node.number()) {
                    int to = place(dice);
                    moveTo(subscriber, to);
                    int moved = subscriber;
                    world.nodes().stream()
                            .filter(one -> one != node || !one.isUp())
                            .forEach(one -> one.believe(moved, to));
                }
            }
            world.timeline().after(dice.about(5 * SECOND), this::agreeUnlessHealing);
        });
    }

    private void agreeUnlessHealing() {
        if (!world.isHealing()) {
            for (int subscriber = 0; subscriber < home.length; subscriber++) {
                everybodyBelieves(subscriber);
            }
        }
    }

    /** All nodes know where everybody lives, and whoever lives begins anew, there. */
    void agree() {
        for (int subscriber = 0; subscriber < home.length; subscriber++) {
            everybodyBelieves(subscriber);
            for (Node node : world.nodes()) {
                node.owner(subscriber).ifPresent(Owner::leave);
            }
        }
    }
}
