package lethe.persistence.hygiene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Linux says of the machine and of this process.
 *
 * @param swaps devices and files to which the memory of this process may be written; not those in memory
 * @param cores what a crash would write
 */
record Machine(List<String> swaps, CoreDumps cores) {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String CORE_LIMIT = "Max core file size";
    private static final String UNIFIED_GROUP = "0::";
    private static final String COMPRESSED_MEMORY = "/dev/zram";

    Machine {
        swaps = List.copyOf(swaps);
    }

    /**
     * Reads them.
     *
     * @param root of the file system
     * @throws IOException if this is not a Linux that shows them
     */
    static Machine read(Path root) throws IOException {
        var process = root.resolve("proc/self");
        var cores = new CoreDumps(
                coreLimit(process.resolve("limits")),
                Files.readString(root.resolve("proc/sys/kernel/core_pattern")).strip(),
                Long.parseUnsignedLong(
                        Files.readString(process.resolve("coredump_filter")).strip(), 16));
        return new Machine(maySwap(root) ? swaps(root.resolve("proc/swaps")) : List.of(), cores);
    }

    private static List<String> swaps(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(Machine::firstWord)
                .filter(device -> !device.startsWith(COMPRESSED_MEMORY))
                .toList();
    }

    private static long coreLimit(Path limits) throws IOException {
        return Files.readAllLines(limits).stream()
                .filter(line -> line.startsWith(CORE_LIMIT))
                .map(line -> firstWord(line.substring(CORE_LIMIT.length())))
                .map(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                .findFirst()
                .orElseThrow(() -> new IOException("no core limit in " + limits));
    }

    private static String firstWord(String text) {
        var word = WORD.matcher(text);
        return word.find() ? word.group() : "";
    }

    /** Whether the control group of this process does not keep it from being swapped out. */
    private static boolean maySwap(Path root) throws IOException {
        var own = Files.readAllLines(root.resolve("proc/self/cgroup")).stream()
                .filter(line -> line.startsWith(UNIFIED_GROUP + "/"))
                .map(line -> line.substring(UNIFIED_GROUP.length() + 1))
                .findFirst();
        Optional<Path> bound =
                own.map(group -> root.resolve("sys/fs/cgroup").resolve(group).resolve("memory.swap.max"));
        return bound.isEmpty()
                || !Files.isReadable(bound.get())
                || !Files.readString(bound.get()).strip().equals("0");
    }
}
