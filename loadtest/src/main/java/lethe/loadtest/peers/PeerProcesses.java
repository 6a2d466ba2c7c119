package lethe.loadtest.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Children;
import lethe.loadtest.process.Program;
import lethe.loadtest.process.Scratch;

/** The processes of one broker, and their directory; both are gone when this is closed, or when this process ends. */
final class PeerProcesses implements AutoCloseable {
    /** Generous: a slow machine is no failure. */
    static final Duration START = Duration.ofMinutes(2);

    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 1_000;

    /**
     * Ends a program when standard input does, which it would not do by itself. It is killed: its data is thrown away
     * anyway, and a tidy end takes an Erlang system ten seconds.
     */
    private static final String KEEPER = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            broker=$!
            echo "pid ready $broker"
            { read -r _; kill -9 "$broker"; } <&3 >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$broker"
            code=$?
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    private final Scratch scratch;
    private final Children children;
    private final List<Long> counted = new ArrayList<>();

    /**
     * None yet.
     *
     * @param name of the broker
     */
    PeerProcesses(String name) throws IOException {
        scratch = Scratch.create(name);
        children = new Children(Program.current(), scratch.directory());
        children.afterwards(scratch::erase);
    }

    Path directory() {
        return scratch.directory();
    }

    /** A lethe command whose work counts. */
    Child startLethe(String name, List<String> javaOptions, List<String> arguments) throws IOException {
        Child child = children.start(name, END, javaOptions, arguments);
        counted.add(child.pid());
        return child;
    }

    /** A program whose work counts, and that of its children. */
    Child start(String name, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Child child = startUncounted(name, environment, command);
        counted.add(Long.parseLong(child.awaitReady("pid", START)));
        return child;
    }

    /** A program that only has to be there. */
    Child startUncounted(String name, Map<String, String> environment, List<String> command) throws IOException {
        Stream<String> keeper = Stream.of("/bin/sh", "-c", KEEPER, "sh", "env");
        Stream<String> variables =
                environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue());
        List<String> words = Stream.of(keeper, variables, command.stream())
                .flatMap(all -> all)
                .toList();
        return children.start(name, END, words);
    }

    /**
     * Waits until somebody listens.
     *
     * @param child who shall
     */
    void awaitListening(Child child, InetSocketAddress address) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listens(address)) {
            if (hasEnded(child) || System.nanoTime() > deadline) {
                throw new IOException(child.name() + " did not listen on " + address + "\n" + child.lastLines());
            }
        }
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean hasEnded(Child child) throws InterruptedException {
        try {
            child.ended().get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException lives) {
            return false;
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /** Those that count, with the children that they have now. */
    List<ProcessHandle> counted() {
        return counted.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }

    @Override
    public void close() {
        children.close();
    }
}
