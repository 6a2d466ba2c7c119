package lethe.loadtest.kill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Whose turn it is: every victim once, in drawn order, then every one again. */
final class Turns {
    private final List<Victim> victims;
    private final Random random;
    private final Deque<Victim> left = new ArrayDeque<>();

    Turns(Set<Victim> victims, Random random) {
        this.victims = victims.stream().sorted().toList();
        this.random = random;
    }

    Victim next() {
        if (left.isEmpty()) {
            List<Victim> round = new ArrayList<>(victims);
            Collections.shuffle(round, random);
            left.addAll(round);
        }
        return left.remove();
    }
}
