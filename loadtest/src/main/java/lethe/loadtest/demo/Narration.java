package lethe.loadtest.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs steps one after the other and has them told, until one fails. */
final class Narration {
    private final Narrator narrator;
    private final BooleanSupplier interrupted;
    private final String evidence;

    /**
     * About to begin.
     *
     * @param interrupted whether this program was told to end: then what fails is no finding
     * @param evidence where a failure can be looked into
     */
    Narration(Narrator narrator, BooleanSupplier interrupted, String evidence) {
        this.narrator = narrator;
        this.interrupted = interrupted;
        this.evidence = evidence;
    }

    /** Whether every step succeeded. */
    boolean run(List<Step> steps) throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < steps.size(); i++) {
            narrator.begins(i + 1, steps.size(), steps.get(i));
            if (!run(steps.get(i))) {
                return false;
            }
        }
        narrator.passed(since(begin));
        return true;
    }

    private boolean run(Step step) throws InterruptedException {
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
        long begin = System.nanoTime();
        try {
            var unused = ticker.scheduleAtFixedRate(narrator::goesOn, 1, 1, TimeUnit.SECONDS);
            Seen seen = step.action().run();
            stop(ticker);
            narrator.succeeded(step, seen, since(begin));
            return true;
        } catch (Exception failure) {
            stop(ticker);
            if (!interrupted.getAsBoolean()) {
                narrator.failed(step, explain(failure));
                narrator.failedAt(step, evidence);
            }
            return false;
        } finally {
            ticker.shutdownNow();
        }
    }

    private static String explain(Exception failure) {
        return failure instanceof NotVerified ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private static void stop(ScheduledExecutorService ticker) throws InterruptedException {
        ticker.shutdownNow();
        ticker.awaitTermination(1, TimeUnit.SECONDS);
    }

    private static long since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
