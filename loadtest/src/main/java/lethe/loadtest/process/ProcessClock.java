package lethe.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time that a process has used, user and system, from {@code /proc} (Linux; proc(5)). */
public final class ProcessClock {
    /** Linux shows times to user space in hundredths of a second, whatever the kernel's own tick is. */
    private static final long MILLIS_PER_TICK = 10;

    /** Of the fields behind the process name, which is in parentheses and may hold anything. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessClock() {}

    /**
     * User and system time of all threads so far.
     *
     * @throws IOException if there is no such process, or no /proc
     */
    public static Duration used(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }
}
