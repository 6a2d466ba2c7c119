package lethe.device;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a property under many seeds and names the one under which it fails. */
public final class Trials {
    private Trials() {}

    public static void forAll(int seeds, Consumer<Random> property) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("fails under seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
