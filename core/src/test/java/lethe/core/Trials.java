package lethe.core;

import java.util.Random;

/** Many runs of one claim, each with its own random numbers. A failure names the seed that broke the claim. */
public final class Trials {
    private static final int COUNT = 300;

    /** A claim that shall hold whatever the chance. */
    @FunctionalInterface
    public interface Claim {
        void holdsFor(Random random) throws Exception;
    }

    private Trials() {}

    public static void forAll(Claim claim) {
        forAll(COUNT, claim);
    }

    public static void forAll(int count, Claim claim) {
        for (long seed = 0; seed < count; seed++) {
            forSeed(seed, claim);
        }
    }

    /** One trial: for repeating a failure. */
    public static void forSeed(long seed, Claim claim) {
        try {
            claim.holdsFor(new Random(spread(seed)));
        } catch (Exception | AssertionError broken) {
            throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
        }
    }

    /** Neighbouring seeds give like first numbers; these do not. */
    private static long spread(long seed) {
        return (seed + 1) * 0x9E3779B97F4A7C15L;
    }
}
