package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

import java.util.Arrays;

/**
 * What nodes tell each other: for each pair in order, as between actors, and some of it never. What may be heard twice
 * sometimes is, the second time out of order.
 */
final class Network {
    private final Timeline timeline;
    private final Dice dice;
    private final boolean[][] cut;
    private final long[][] latest;
    private int lossOneIn;
    private int twiceOneIn;

    Network(Timeline timeline, Dice dice, int nodes) {
        this.timeline = timeline;
        this.dice = dice;
        this.cut = new boolean[nodes][nodes];
        this.latest = new long[nodes][nodes];
    }

    /** From now on one word in so many is lost, and one in so many comes twice; none, if zero. */
    void trouble(int lossOneIn, int twiceOneIn) {
        this.lossOneIn = lossOneIn;
        this.twiceOneIn = twiceOneIn;
    }

    /** What one node says no longer reaches the other, or does again. */
    void cut(int from, int to, boolean apart) {
        cut[from][to] = apart;
    }

    void heal() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
    }

    boolean isCut(Node from, Node to) {
        return cut[from.number()][to.number()];
    }

    void tell(Node from, Node to, Runnable what) {
        if (from == to) {
            to.later(inOrder(from, to, 50), what);
        } else if (!isCut(from, to) && (lossOneIn == 0 || !dice.oneIn(lossOneIn))) {
            to.later(inOrder(from, to, 100 + dice.about(MILLI)), () -> {
                if (!isCut(from, to)) {
                    what.run();
                }
            });
        }
    }

    /** As {@link #tell}; what is heard twice, as when a sender repeats itself. */
    void tellPerhapsTwice(Node from, Node to, Runnable what) {
        tell(from, to, what);
        if (twiceOneIn > 0 && dice.oneIn(twiceOneIn)) {
            to.later(dice.about(5 * SECOND), what);
        }
    }

    private long inOrder(Node from, Node to, long delay) {
        long at = Math.max(latest[from.number()][to.number()], timeline.now() + delay);
        latest[from.number()][to.number()] = at;
        return at - timeline.now();
    }
}
