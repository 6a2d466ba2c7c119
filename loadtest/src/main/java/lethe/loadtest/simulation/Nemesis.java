package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Breaks things, as often and for as long as the seed wants it. */
final class Nemesis {
    private final World world;
    private final Placement placement;

    Nemesis(World world) {
        this.world = world;
        this.placement = new Placement(world);
    }

    void begin() {
        SimulationPlan plan = world.plan();
        world.network().trouble(plan.has(Fault.LOSS) ? 50 : 0, plan.has(Fault.DUPLICATES) ? 30 : 0);
        world.store().trouble(plan.has(Fault.STORE) ? 40 : 0);
        again(Fault.NODE_CRASHES, 15 * SECOND, this::crashNode);
        again(Fault.PHONE_CRASHES, 8 * SECOND, this::crashPhone);
        again(Fault.PAUSES, 15 * SECOND, this::pause);
        again(Fault.PARTITIONS, 20 * SECOND, this::cutOff);
        again(Fault.HAND_OVERS, 3 * SECOND, placement::handOver);
        again(Fault.TWO_OWNERS, 6 * SECOND, placement::secondOwner);
        again(Fault.LOSS, 3 * SECOND, this::breakConnection);
        again(Fault.STORE, 25 * SECOND, this::storeAway);
        again(Fault.SKEW, 10 * SECOND, this::skew);
        again(Fault.KEYS, 90 * SECOND, this::loseKeys);
        again(Fault.OPT_OUTS, 20 * SECOND, this::optOut);
        if (plan.has(Fault.KEYS)) {
            sweep();
        }
    }

    private void again(Fault fault, long every, Consumer<Dice> strike) {
        if (world.plan().has(fault)) {
            again(new Dice(world.plan().seed(), fault.word()), every, strike);
        }
    }

    private void again(Dice dice, long every, Consumer<Dice> strike) {
        world.timeline().after(dice.about(every), () -> {
            if (!world.isHealing()) {
                strike.accept(dice);
                again(dice, every, strike);
            }
        });
    }

    private void crashNode(Dice dice) {
        Node node = dice.oneOf(world.nodes());
        if (node.isUp()) {
            world.chronicle().fault("node " + node.number() + " dies");
            crash(node, dice);
        }
    }

    private void crash(Node node, Dice dice) {
        node.crash();
        long away = dice.about(4 * SECOND);
        placement.bereaved(node, dice.about(3 * SECOND), dice);
        world.timeline().after(away, node::start);
    }

    private void crashPhone(Dice dice) {
        Phone phone = dice.oneOf(world.phones());
        if (phone.isUp()) {
            world.chronicle().fault(phone.name() + " dies");
            phone.crash();
        }
    }

    /** It stands still, and its subscribers go elsewhere, or wait for it. */
    private void pause(Dice dice) {
        Node node = dice.oneOf(world.nodes());
        world.chronicle().fault("node " + node.number() + " stands still");
        node.pause(dice.about(6 * SECOND));
        if (dice.oneIn(2)) {
            placement.bereaved(node, dice.about(2 * SECOND), dice);
        }
    }

    /** A node does not reach some others, one way or both, or the store; its subscribers may get other owners there. */
    private void cutOff(Dice dice) {
        Node node = dice.oneOf(world.nodes());
        world.chronicle().fault("node " + node.number() + " is cut off");
        for (Node other : world.nodes()) {
            int ways = dice.below(4);
            world.network().cut(node.number(), other.number(), other != node && (ways & 1) != 0);
            world.network().cut(other.number(), node.number(), other != node && (ways & 2) != 0);
        }
        node.cutFromStore(dice.oneIn(3));
        if (dice.oneIn(2)) {
            placement.bereaved(node, dice.about(3 * SECOND), dice);
        }
        world.timeline().after(dice.about(8 * SECOND), () -> {
            world.network().heal();
            node.cutFromStore(false);
        });
    }

    private void breakConnection(Dice dice) {
        dice.oneOf(world.phones()).breakConnection(Connection.unnoticed(dice));
    }

    private void storeAway(Dice dice) {
        world.chronicle().fault("the store is away");
        world.store().up(false);
        long away = dice.oneIn(4) ? dice.about(40 * SECOND) : dice.about(3 * SECOND);
        world.timeline().after(away, () -> world.store().up(true));
    }

    private void skew(Dice dice) {
        long most = dice.oneIn(3) ? 300 * SECOND : 2 * SECOND;
        long ahead = dice.between(-most, most);
        if (dice.oneIn(2)) {
            dice.oneOf(world.nodes()).setClock(ahead);
        } else {
            dice.oneOf(world.phones()).setClock(ahead);
        }
    }

    /** Nobody is left who has them. */
    private void loseKeys(Dice dice) {
        world.chronicle().fault("all keys are lost");
        for (Node node : world.nodes()) {
            if (node.isUp()) {
                crash(node, dice);
            }
        }
        world.keys().loseAll();
    }

    private void optOut(Dice dice) {
        Phone phone = dice.oneOf(world.phones());
        if (phone.isUp()) {
            phone.membership().optOut();
        }
    }

    /** As the sweep does: whoever has something stored under an older key is woken, to get it a newer one. */
    private void sweep() {
        Dice dice = new Dice(world.plan().seed(), "sweep");
        world.timeline().after(dice.between(SECOND, 10 * SECOND), this::sweepOnce);
    }

    private void sweepOnce() {
        world.timeline().after(5 * SECOND, this::sweepOnce);
        long epoch = world.keys().epoch();
        for (Phone phone : world.phones()) {
            if (world.store().partition(phone.number()).hasOlderThan(epoch)) {
                Node node = world.anyNode();
                node.later(MILLI, () -> node.tell(phone.number(), Desk::wake));
            }
        }
    }

    /** Everything works again, and everybody agrees. */
    void heal() {
        world.chronicle().fault("everything heals");
        world.network().trouble(0, 0);
        world.network().heal();
        world.store().trouble(0);
        world.store().up(true);
        List<Node> nodes = new ArrayList<>(world.nodes());
        nodes.forEach(node -> {
            node.resume();
            node.start();
            node.cutFromStore(false);
        });
        placement.agree();
        world.phones().forEach(Phone::start);
        world.phones().forEach(phone -> phone.breakConnection(0));
    }
}
