package lethe.oprf;

import java.util.Random;
import java.util.function.Consumer;

/** Many runs of one claim, each with its own random numbers. A failure names the seed that broke the claim. */
final class Trials {
    private Trials() {}

    static void forAll(int count, Consumer<Random> claim) {
        for (long seed = 1; seed <= count; seed++) {
            try {
                claim.accept(new Random(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }
}
