package lethe.loadtest.kill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Whose turn it is: every victim once, in drawn order, then every one again. */
public final class Turns<V extends Comparable<V>> {
    private final List<V> victims;
    private final Random random;
    private final Deque<V> left = new ArrayDeque<>();

    public Turns(Set<V> victims, Random random) {
        this.victims = victims.stream().sorted().toList();
        this.random = random;
    }

    public V next() {
        if (left.isEmpty()) {
            List<V> round = new ArrayList<>(victims);
            Collections.shuffle(round, random);
            left.addAll(round);
        }
        return left.remove();
    }
}
