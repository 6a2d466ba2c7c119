package lethe.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.loadtest.load.IdleRun;
import org.jspecify.annotations.Nullable;

/**
 * What lives on the heap of another Java process, by its own word after a full collection.
 *
 * @param javaHome with a jcmd
 */
record LiveObjects(Path javaHome, List<ProcessHandle> processes) implements IdleRun.Heap {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    LiveObjects {
        processes = List.copyOf(processes);
    }

    @Override
    public @Nullable Long bytes() throws IOException, InterruptedException {
        Path jcmd = javaHome.resolve("bin").resolve("jcmd");
        if (!Files.isExecutable(jcmd)) {
            return null;
        }
        long bytes = 0;
        for (ProcessHandle process : processes) {
            // Twice: what the first frees may hold on to more by references that are cleared behind it.
            ask(jcmd, process, "GC.run");
            bytes += total(ask(jcmd, process, "GC.class_histogram"));
        }
        return bytes;
    }

    private static long total(List<String> histogram) throws IOException {
        for (String line : histogram) {
            Matcher total = TOTAL.matcher(line);
            if (total.matches()) {
                return Long.parseLong(total.group(1));
            }
        }
        throw new IOException(
                "jcmd told nothing of the heap: " + histogram.stream().limit(3).toList());
    }

    private static List<String> ask(Path jcmd, ProcessHandle process, String question)
            throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), question)
                .redirectErrorStream(true)
                .start();
        List<String> answer = asked.inputReader().lines().toList();
        asked.waitFor();
        return answer;
    }
}
