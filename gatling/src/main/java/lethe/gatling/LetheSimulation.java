package lethe.gatling;

import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import lethe.gatling.phone.Registry;
import lethe.gatling.phone.Town;

/** What all simulations have: parameters, phones that opt in before and out after, a summary. */
abstract class LetheSimulation extends Simulation {
    final Parameters given = new Parameters();
    final Town town = new Town();
    private final Registry registry = new Registry(Parameters.broker());

    @Override
    public void before() {
        System.out.println("opting " + town.phones().size() + " phones in");
        perform(() -> registry.optIn(town.phones()));
    }

    @Override
    public void after() {
        summarize(new Summary(getClass().getSimpleName(), given).with(town.figures()));
        if (Parameters.leaves()) {
            perform(() -> registry.optOut(town.phones()));
        }
    }

    /** Adds what only this simulation knows, and publishes. */
    void summarize(Summary summary) {
        summary.publish();
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void perform(Task task) {
        try {
            task.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
