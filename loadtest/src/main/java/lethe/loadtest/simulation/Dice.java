package lethe.loadtest.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lethe.core.identity.Opaque;

/**
 * Chance for one concern of a run. Each concern has its own, so that leaving out one kind of fault leaves the others as
 * they were.
 */
final class Dice {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    Dice(long seed, String concern) {
        this.random = new SplittableRandom(seed * SPREAD + concern.hashCode());
    }

    /** Yes once in so many times, on average. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** From 0 to one less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the least on, below the bound. */
    long between(long least, long bound) {
        return random.nextLong(least, bound);
    }

    /** Around a mean: often less, seldom much more. */
    long about(long mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    /** One of them, each as likely as the other. */
    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    RandomGenerator generator() {
        return random;
    }
}
