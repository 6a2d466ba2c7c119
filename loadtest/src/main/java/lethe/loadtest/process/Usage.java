package lethe.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What processes have used so far, from {@code /proc} (Linux; proc(5)).
 *
 * @param user processor time in their own code
 * @param system processor time in the kernel
 * @param residentBytes of memory now
 * @param writtenBytes that they caused to be written to a disk; to a file system in memory, none are
 */
public record Usage(Duration user, Duration system, long residentBytes, long writtenBytes) {
    /** Linux shows times to user space in hundredths of a second, whatever the kernel's own tick is. */
    private static final long MILLIS_PER_TICK = 10;

    /** Of the fields behind the process name, which is in parentheses and may hold anything. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    /**
     * Of all of them together.
     *
     * @throws IOException if there is no such process, no /proc, or no right to read it
     */
    public static Usage of(List<ProcessHandle> processes) throws IOException {
        Usage all = new Usage(Duration.ZERO, Duration.ZERO, 0, 0);
        for (ProcessHandle process : processes) {
            all = all.plus(of(process.pid()));
        }
        return all;
    }

    private static Usage of(long pid) throws IOException {
        Path directory = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(directory.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Usage(
                ticks(fields[USER]),
                ticks(fields[SYSTEM]),
                number(directory.resolve("status"), "VmRSS:") * 1024,
                number(directory.resolve("io"), "write_bytes:"));
    }

    private static Duration ticks(String field) {
        return Duration.ofMillis(Long.parseLong(field) * MILLIS_PER_TICK);
    }

    private static long number(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).trim().split(" ", 2)[0]);
            }
        }
        throw new IOException(file + " has no " + name);
    }

    /** User and system time. */
    public Duration processor() {
        return user.plus(system);
    }

    /** What was used from then to now; memory as it is now. */
    public Usage since(Usage then) {
        return new Usage(
                user.minus(then.user), system.minus(then.system), residentBytes, writtenBytes - then.writtenBytes);
    }

    /** What was used from now on comes to it; memory as it was later. */
    public Usage andThen(Usage more) {
        return new Usage(
                user.plus(more.user), system.plus(more.system), more.residentBytes, writtenBytes + more.writtenBytes);
    }

    private Usage plus(Usage other) {
        return new Usage(
                user.plus(other.user),
                system.plus(other.system),
                residentBytes + other.residentBytes,
                writtenBytes + other.writtenBytes);
    }
}
