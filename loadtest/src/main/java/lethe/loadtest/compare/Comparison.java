package lethe.loadtest.compare;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lethe.loadtest.compare.Run.Part;
import lethe.loadtest.load.LoadPlan;
import lethe.loadtest.load.LoadReport;
import lethe.loadtest.load.LoadRun;
import lethe.loadtest.load.OfflineReport;
import lethe.loadtest.load.OfflineRun;
import lethe.loadtest.load.Target;

/** One comparison: rounds in alternation, so that what disturbs the machine for a while disturbs everybody. */
final class Comparison {
    private static final int ATTEMPTS = 2;

    private final ComparePlan plan;
    private final BooleanSupplier interrupted;
    private final Consumer<String> progress;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private boolean complete = true;

    /**
     * Not begun.
     *
     * @param interrupted whether this program was told to end: then what fails is no finding, and nothing else begins
     * @param progress told in a line what happens
     */
    Comparison(ComparePlan plan, BooleanSupplier interrupted, Consumer<String> progress) {
        this.plan = plan;
        this.interrupted = interrupted;
        this.progress = progress;
        plan.contestants().forEach(contestant -> versions.put(contestant.toString(), ""));
    }

    /**
     * Measures everything. A broker whose messages do not come, each once and in order, has failed.
     *
     * @param command with which it is repeated
     */
    Results run(String command) throws IOException, InterruptedException {
        for (int pairs : plan.pairs()) {
            rounds(plan.contestants(), contestant -> closed(contestant, pairs));
        }
        rounds(plan.contestants(), this::half);
        if (plan.offline()) {
            rounds(plan.contestants().stream().filter(Contestant::keeps).toList(), this::offline);
        }
        return Results.of(
                LocalDate.now(ZoneOffset.UTC).toString(), command, Machine.current(), versions, failures, runs);
    }

    /** One measurement. */
    private interface Turn {
        Run of(Contestant contestant) throws IOException, InterruptedException;
    }

    private void rounds(List<Contestant> contestants, Turn turn) throws IOException, InterruptedException {
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Contestant contestant : contestants) {
                measure(contestant, turn, round);
            }
        }
    }

    /** Once more if it fails: on a machine that others use, a broker may be starved. That it failed is told. */
    private void measure(Contestant contestant, Turn turn, int round) throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS && !interrupted.getAsBoolean(); attempt++) {
            try {
                Run run = turn.of(contestant);
                runs.add(run);
                progress.accept("round " + round + "  " + run.line());
                return;
            } catch (IOException failed) {
                if (!interrupted.getAsBoolean()) {
                    progress.accept("round " + round + "  " + contestant + " failed: " + failed.getMessage());
                    failures.add(contestant + ": " + firstLine(failed));
                }
            }
        }
        complete = false;
    }

    /** Whether everybody was measured in every round. */
    boolean isComplete() {
        return complete;
    }

    /** The others are from a log. */
    private static String firstLine(IOException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    private Run closed(Contestant contestant, int pairs) throws IOException, InterruptedException {
        return live(Part.CLOSED, contestant, load(pairs, 1));
    }

    private Run half(Contestant contestant) throws IOException, InterruptedException {
        int half = (int) (best(contestant) / 2);
        if (half == 0) {
            throw new IOException("nobody knows its best rate");
        }
        return live(Part.HALF, contestant, load(plan.mostPairs(), 1).atRate(half));
    }

    /** The most messages a second that it has carried in any round with the most pairs. */
    private double best(Contestant contestant) {
        return runs.stream()
                .filter(run -> run.part() == Part.CLOSED && run.pairs() == plan.mostPairs())
                .filter(run -> run.broker().equals(contestant.toString()))
                .mapToDouble(run -> run.figure("msg_per_s"))
                .max()
                .orElse(0);
    }

    private Run live(Part part, Contestant contestant, LoadPlan load) throws IOException, InterruptedException {
        try (Target target = contestant.start(load, false)) {
            LoadReport report = new LoadRun(target, load, detail -> {}).run();
            return judged(part, contestant, target, load, report.passed(), report.figures());
        }
    }

    private Run offline(Contestant contestant) throws IOException, InterruptedException {
        LoadPlan load = load(plan.mostPairs(), ComparePlan.WAITING);
        try (Target target = contestant.start(load, true)) {
            OfflineReport report = new OfflineRun(target, load, ComparePlan.WAITING, detail -> {}).run();
            return judged(Part.OFFLINE, contestant, target, load, report.passed(), report.figures());
        }
    }

    private Run judged(
            Part part, Contestant contestant, Target target, LoadPlan load, boolean passed, Map<String, ?> figures)
            throws IOException {
        if (!passed) {
            throw new IOException(contestant + " did not do its work: " + figures);
        }
        versions.put(contestant.toString(), target.version());
        return Run.of(part, contestant.toString(), load.pairs(), figures);
    }

    private LoadPlan load(int pairs, int window) {
        return LoadPlan.closed(pairs, window, ComparePlan.PAYLOAD_BYTES, plan.warmUp(), plan.measure());
    }
}
