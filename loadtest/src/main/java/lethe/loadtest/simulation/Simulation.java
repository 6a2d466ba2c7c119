package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;
import lethe.loadtest.history.Breach;
import lethe.loadtest.history.HistoryChecker;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.Verdict;
import lethe.loadtest.history.Verdict.Violation;

/**
 * One run: things break for so many steps; then all heals. First the phones only receive, and what the broker has taken
 * into custody must arrive without its senders; then they send again, and everything must end.
 */
public final class Simulation {
    private static final long RECEIVING = 120 * SECOND;
    private static final long ENDING = 1_200 * SECOND;

    private final World world;
    private final Nemesis nemesis;
    private final List<Violation> broken = new ArrayList<>();

    private Simulation(SimulationPlan plan, Trace trace) {
        this.world = new World(plan, trace);
        this.nemesis = new Nemesis(world);
    }

    /** Does the whole run. */
    public static SimulationResult run(SimulationPlan plan) {
        return run(plan, Trace.NONE);
    }

    static SimulationResult run(SimulationPlan plan, Trace trace) {
        return new Simulation(plan, trace).run();
    }

    private SimulationResult run() {
        world.attempt(this::act);
        return result();
    }

    private void act() {
        nemesis.begin();
        new Workload(world).begin();
        while (world.timeline().steps() < world.plan().steps() && isWell()) {
            world.timeline().step();
        }
        world.heal();
        world.mute(true);
        nemesis.heal();
        passes(RECEIVING, false);
        broken.addAll(world.truth().brokenCustody(world.chronicle().events()));
        world.mute(false);
        world.phones().forEach(phone -> phone.breakConnection(0));
        world.phones().forEach(phone -> phone.membership().comeBack());
        passes(ENDING, true);
        world.phones().stream()
                .filter(phone -> !phone.custody().isEmpty())
                .forEach(phone -> broken.add(new Violation(
                        Breach.UNTERMINATED,
                        phone.name(),
                        phone.custody().outbox().size() + " messages were never told, settled and forgotten")));
    }

    private void passes(long time, boolean untilAllIsOver) {
        long end = world.timeline().now() + time;
        while (world.timeline().now() < end && isWell() && !(untilAllIsOver && isAllOver())) {
            world.timeline().step();
        }
    }

    private boolean isAllOver() {
        return world.phones().stream().allMatch(phone -> phone.custody().isEmpty());
    }

    private boolean isWell() {
        return world.defect().isEmpty();
    }

    private SimulationResult result() {
        List<HistoryEvent> all = world.chronicle().events();
        Excuses excuses = new Excuses(world.truth(), all);
        Verdict verdict = HistoryChecker.check(excuses.judged());
        List<Violation> violations = new ArrayList<>(broken);
        verdict.violations().stream().filter(excuses::counts).forEach(violations::add);
        return new SimulationResult(
                world.plan(),
                new Verdict(verdict.messages(), verdict.delivered(), violations),
                world.defect().map(SimulationResult::describe).orElse(""),
                world.timeline().steps(),
                excuses.excused(),
                world.truth().held(),
                world.truth().faults(),
                world.timeline().digest());
    }
}
