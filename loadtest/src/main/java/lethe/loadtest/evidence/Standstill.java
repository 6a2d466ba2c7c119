package lethe.loadtest.evidence;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Another process stands still while this is open; it goes on when this is closed, or when this process ends. */
final class Standstill implements AutoCloseable {
    private static final int GOES_ON_WITHIN_SECONDS = 10;

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            kill -STOP "$1" || exit 1
            echo stopped
            while read -r _; do :; done
            kill -CONT "$1"
            """;

    private final Process keeper;

    private Standstill(Process keeper) {
        this.keeper = keeper;
    }

    static Standstill of(long pid) throws IOException {
        Process keeper = new ProcessBuilder(Tool.script(SCRIPT, Long.toString(pid))).start();
        if (keeper.inputReader().readLine() == null) {
            throw new IOException("process " + pid + " could not be stopped");
        }
        return new Standstill(keeper);
    }

    @Override
    public void close() throws IOException {
        keeper.getOutputStream().close();
        try {
            keeper.waitFor(GOES_ON_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            // The closed pipe is enough.
            Thread.currentThread().interrupt();
        }
    }
}
