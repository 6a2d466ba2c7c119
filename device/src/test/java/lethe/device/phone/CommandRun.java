package lethe.device.phone;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The command {@code phone} as it runs in a process of its own: lines in, lines out. */
final class CommandRun implements AutoCloseable {
    private final InputStream before = System.in;
    private final PipedOutputStream keys = new PipedOutputStream();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exit;

    CommandRun(List<String> arguments) {
        try {
            System.setIn(new PipedInputStream(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandLine command = new CommandLine(new PhoneCommand());
        command.setOut(new PrintWriter(new LineWriter(), true));
        command.setErr(new PrintWriter(new LineWriter(), true));
        exit = CompletableFuture.supplyAsync(() -> command.execute(arguments.toArray(new String[0])));
    }

    void types(String line) {
        try {
            keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that contains this; others before it are skipped. */
    String next(String part) {
        try {
            StringBuilder skipped = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                String line = lines.poll(10, TimeUnit.SECONDS);
                if (line == null) {
                    break;
                }
                if (line.contains(part)) {
                    return line;
                }
                skipped.append(line).append('\n');
            }
            throw new AssertionError("does not print " + part + ", but:\n" + skipped);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void endsItsInput() {
        try {
            keys.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int exitCode() {
        return exit.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        endsItsInput();
        exitCode();
        System.setIn(before);
    }

    /** Cuts what is printed into lines. */
    private final class LineWriter extends Writer {
        private final StringWriter line = new StringWriter();

        @Override
        public synchronized void write(char[] text, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n') {
                    lines.add(line.toString());
                    line.getBuffer().setLength(0);
                } else {
                    line.append(text[i]);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
