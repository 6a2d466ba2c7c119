package lethe.loadtest.demo;

import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.DeviceKey;
import lethe.device.store.Identity;
import lethe.loadtest.phone.Phone;
import lethe.seal.safety.SafetyNumber;

/** A and B meet, and look at each other's screens. */
final class Comparing {
    private static final int GROUPS_OF_HALF = 6;

    private final Supplier<Stage> stage;

    Comparing(Supplier<Stage> stage) {
        this.stage = stage;
    }

    Seen run() throws Exception {
        Stage here = stage.get();
        SafetyNumber ofA = number(here.a, here.b);
        SafetyNumber ofB = number(here.b, here.a);
        Stage.verify("A and B see different numbers", ofA.digits().equals(ofB.digits()));
        Stage.verify("A's code is not B's", ofB.compare(ofA.code()) == SafetyNumber.Match.SAME);
        Stage.verify("somebody between them would show the same", !ofA.equals(withSomebodyBetween(here)));
        Stage.verify("A's phone does not take it", here.a.acquaintances().verify(here.b.address(), ofA));
        Stage.verify("B's phone does not take it", here.b.acquaintances().verify(here.a.address(), ofB));
        List<String> groups = ofA.groups();
        return Seen.that(
                        "both show " + String.join(" ", groups.subList(0, GROUPS_OF_HALF)) + " ...; had a broker put"
                                + " an account of its own between them, they would not. From now on nothing goes to another account of B's")
                .with("digits", ofA.digits().length())
                .with("same", true)
                .with("same_with_somebody_between", false);
    }

    private static SafetyNumber number(Phone of, Phone other) throws NotVerified {
        return of.acquaintances()
                .safetyNumber(other.address())
                .orElseThrow(() -> new NotVerified(of + " does not know whose account " + other + " has"));
    }

    /** What A would see if the broker had given it another account as B's. */
    private static SafetyNumber withSomebodyBetween(Stage here) throws NotVerified {
        DeviceKey accountOfA = here.b
                .acquaintances()
                .find(here.a.address())
                .orElseThrow(() -> new NotVerified("B does not know A"))
                .pin()
                .account();
        DeviceKey somebody = Identity.draw(here.runtime.random()).account().orElseThrow();
        return SafetyNumber.of(here.a.address(), accountOfA, here.b.address(), somebody);
    }
}
