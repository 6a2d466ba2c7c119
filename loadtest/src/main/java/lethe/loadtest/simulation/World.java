package lethe.loadtest.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/** Everything that takes part in one run, and finds the others here. */
final class World {
    private final SimulationPlan plan;
    private final Trace trace;
    private final Timeline timeline = new Timeline();
    private final Dice dice;
    private final Truth truth = new Truth();
    private final Chronicle chronicle = new Chronicle(this);
    private final Store store;
    private final EpochKeys keys;
    private final Network network;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Phone> phones = new ArrayList<>();
    private final Map<Tag, Integer> numbers = new HashMap<>();
    private @Nullable Throwable defect;
    private boolean healing;
    private boolean mute;

    World(SimulationPlan plan, Trace trace) {
        this.plan = plan;
        this.trace = trace;
        this.dice = new Dice(plan.seed(), "world");
        this.store = new Store(timeline, new Dice(plan.seed(), "store"));
        this.keys = new EpochKeys(timeline, plan.has(Fault.KEYS));
        this.network = new Network(timeline, new Dice(plan.seed(), "network"), plan.nodes());
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add(new Node(this, i));
        }
        for (int i = 0; i < plan.phones(); i++) {
            Phone phone = new Phone(this, i);
            phones.add(phone);
            numbers.put(phone.tag(), i);
        }
    }

    SimulationPlan plan() {
        return plan;
    }

    Trace trace() {
        return trace;
    }

    Timeline timeline() {
        return timeline;
    }

    /** For everything that has no dice of its own. */
    Dice dice() {
        return dice;
    }

    Truth truth() {
        return truth;
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Store store() {
        return store;
    }

    EpochKeys keys() {
        return keys;
    }

    Network network() {
        return network;
    }

    /** For a node that begins. */
    Fence fence(Node node) {
        return new Fence(node, store, keys, dice, !plan.has(Plant.NO_FENCE), truth::lost);
    }

    List<Node> nodes() {
        return nodes;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    /** One that a phone finds: one that is up, if any is. */
    Node anyNode() {
        List<Node> there = nodes.stream().filter(Node::isUp).toList();
        return dice.oneOf(there.isEmpty() ? nodes : there);
    }

    List<Phone> phones() {
        return phones;
    }

    Phone phone(int number) {
        return phones.get(number);
    }

    /** Whose address it is. */
    int numberOf(Tag tag) {
        return numbers.getOrDefault(tag, 0);
    }

    /** Whether phones may die now. */
    boolean mayDie() {
        return plan.has(Fault.PHONE_CRASHES) && !healing;
    }

    /** Whether nothing is to break any more. */
    boolean isHealing() {
        return healing;
    }

    void heal() {
        healing = true;
    }

    /** Whether phones only receive, as if all of them were lost as senders. */
    boolean isMute() {
        return mute;
    }

    void mute(boolean silent) {
        mute = silent;
    }

    /** Does something that may show a defect. */
    void attempt(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException thrown) {
            defect(thrown);
        }
    }

    /** Something threw that never should. */
    void defect(Throwable thrown) {
        if (defect == null) {
            defect = thrown;
        }
    }

    Optional<Throwable> defect() {
        return Optional.ofNullable(defect);
    }
}
