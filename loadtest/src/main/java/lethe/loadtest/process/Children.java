package lethe.loadtest.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The child processes of one run. They end in the reverse order of their start, those that were started again in the
 * place of the first of their name: when this is closed, or when this process is told to end (Ctrl-C, SIGTERM),
 * whichever comes first.
 */
public final class Children implements AutoCloseable {
    private final Program program;
    private final Path logs;
    private final List<Child> running = new ArrayList<>();
    private final Thread atExit = new Thread(this::endAll, "end-children");
    private final Object onceAtATime = new Object();
    private Runnable afterwards = () -> {};
    private boolean ending;

    /**
     * No child yet.
     *
     * @param logs the directory of their logs, made when needed
     */
    public Children(Program program, Path logs) {
        this.program = program;
        this.logs = logs;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a {@code lethe} command that knows {@code --exit-with-parent}.
     *
     * @param name of its log
     * @param grace how long it may take to end when asked
     */
    public Child start(String name, Duration grace, List<String> javaOptions, List<String> arguments)
            throws IOException {
        return start(program, name, grace, javaOptions, arguments);
    }

    /** As the other, but by another program. */
    Child start(Program by, String name, Duration grace, List<String> javaOptions, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--exit-with-parent");
        return start(name, grace, by.command(javaOptions, all));
    }

    /**
     * Starts any program that ends when its standard input does.
     *
     * @param name of its log
     * @param grace how long it may take to end when asked
     * @param command its words
     */
    public synchronized Child start(String name, Duration grace, List<String> command) throws IOException {
        if (ending) {
            throw new IOException(name + " is not started: this run is ending");
        }
        Child child = Child.start(name, command, logs.resolve(name + ".log"), grace);
        Optional<Child> former = running.stream()
                .filter(other -> other.name().equals(name) && !other.isAlive())
                .findFirst();
        former.ifPresentOrElse(ended -> running.set(running.indexOf(ended), child), () -> running.add(child));
        return child;
    }

    /** Something to do when all have ended, for example to erase their directory. */
    public synchronized void afterwards(Runnable task) {
        afterwards = task;
    }

    /** Whether the run is ending, so that what fails now need not be told. */
    public synchronized boolean isEnding() {
        return ending;
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException endingAlready) {
            // This process ends: the hook has run, or finds nothing left to do.
        }
    }

    private void endAll() {
        synchronized (this) {
            ending = true;
        }
        // Not the lock of this object: a child that is slow to end keeps nobody from asking.
        synchronized (onceAtATime) {
            for (Child child = next(); child != null; child = next()) {
                child.close();
            }
            last().run();
        }
    }

    private synchronized Runnable last() {
        return afterwards;
    }

    private synchronized @Nullable Child next() {
        return running.isEmpty() ? null : running.remove(running.size() - 1);
    }
}
