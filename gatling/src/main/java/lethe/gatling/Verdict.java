package lethe.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import lethe.gatling.phone.Town;

/**
 * What must be true when all phones are through, as requests that succeed or fail: so Gatling's own assertions see it.
 */
final class Verdict {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private ChainBuilder claims;

    private Verdict(Town town) {
        claims = asLongAsDuring(session -> town.unfinished() > 0, Sockets.PATIENCE)
                .on(pause(LOOK_AGAIN));
    }

    /** What is true of every simulation, when all phones have had time to come to their end. */
    static Verdict on(Town town) {
        return new Verdict(town).that("every phone through", () -> town.unfinished() == 0);
    }

    /** And of every one with messages. */
    static Verdict onMessages(Town town) {
        return on(town).that("nothing lost", () -> town.lost() == 0)
                .that("nothing twice", () -> town.duplicated() == 0)
                .that("nothing out of order", () -> town.reordered() == 0)
                .that("every end known", () -> town.unresolved() == 0)
                .that("every end a delivery", () -> town.otherEnds() == 0);
    }

    /** One claim more. */
    Verdict that(String claim, BooleanSupplier holds) {
        claims = claims.exec(dummy(claim, 0).withSuccess(session -> holds.getAsBoolean()));
        return this;
    }

    /** To come after others. */
    PopulationBuilder population() {
        return scenario("verdict").exec(claims).injectOpen(atOnceUsers(1));
    }
}
