package lethe.loadtest.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lethe.loadtest.history.HistoryChecker;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import org.jspecify.annotations.Nullable;

/** The whole story, step by step. Later steps need the earlier ones. */
final class Story implements AutoCloseable {
    private final InstallationPlan plan;
    private final Path historyFile;
    private final HistoryRecorder history;
    private final Runnable afterwards;
    private volatile @Nullable Installation installation;
    private @Nullable Stage stage;

    /**
     * Before the beginning.
     *
     * @param afterwards to be done when all processes have ended
     */
    Story(InstallationPlan plan, Runnable afterwards) throws java.io.IOException {
        this.plan = plan;
        this.afterwards = afterwards;
        this.historyFile = plan.directory().resolve("history.jsonl");
        this.history = new HistoryRecorder(historyFile, System::nanoTime);
    }

    List<Step> steps() {
        Consents consents = new Consents(this::stage);
        Holding holding = new Holding(this::stage);
        return Stream.of(
                        List.of(new Step(
                                "start",
                                "Start a real Cassandra and a broker, each a process of its own",
                                this::start)),
                        consents.beforeAnybodyOptedIn(),
                        List.of(
                                new Step("live", "A writes to B while both are connected", new Live(this::stage)::run),
                                new Step(
                                        "safety",
                                        "A and B compare the safety numbers that their phones show",
                                        new Comparing(this::stage)::run)),
                        holding.steps(),
                        List.of(new Step(
                                "sms",
                                "A writes to C, who never opted in, and to D, who stays away past the deadline",
                                new Fallbacks(this::stage)::run)),
                        List.of(
                                consents.optOut(),
                                new Step(
                                        "second_device",
                                        "A adds a tablet; D writes to A, and A answers on the phone",
                                        new SecondDevice(this::stage)::run)),
                        List.of(new Step(
                                "history",
                                "Check everything that the phones saw, from the first message to the last",
                                this::checkHistory)))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether this program was told to end. */
    boolean isEnding() {
        Installation started = installation;
        return started != null && started.isEnding();
    }

    private Seen start() throws Exception {
        Installation started = Installation.start(plan);
        started.afterwards(afterwards);
        installation = started;
        stage = new Stage(started, history);
        return Seen.that("Cassandra at " + started.cassandra() + ", broker at " + started.address())
                .with("cassandra", started.cassandra())
                .with("broker", started.address().toString());
    }

    private Seen checkHistory() throws Exception {
        // Closed phones see nothing more: the history is complete.
        stage().close();
        history.close();
        var verdict = HistoryChecker.check(HistoryRecorder.read(historyFile));
        Stage.verify(String.valueOf(verdict.violations()), verdict.passed());
        return Seen.that(verdict.messages() + " messages: none lost, none twice, none out of order, none over two"
                        + " channels, and each sender heard exactly once how it ended")
                .with("messages", verdict.messages())
                .with("delivered", verdict.delivered());
    }

    private Stage stage() {
        if (stage == null) {
            throw new IllegalStateException("the first step sets the stage");
        }
        return stage;
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
        }
        Installation started = installation;
        if (started != null) {
            started.close();
        }
    }
}
