package lethe.loadtest.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How one more {@code lethe} is started: with the Java, the class path and the checkout of this process.
 *
 * @param java the Java launcher
 * @param options of the Java process that every child gets
 * @param classPath where {@code lethe.launcher.Main} is
 */
public record Program(Path java, List<String> options, String classPath) {
    private static final String MAIN = "lethe.launcher.Main";

    /** A heap dump or a core file is a message store, and a crash's report has parts of one: no child writes any. */
    private static final List<String> NO_DUMPS = List.of(
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null");

    /** What the launcher script found out about this Java and its class archive is as true for a child. */
    private static final List<String> INHERITED = List.of(
            "-Xshare:",
            "-XX:SharedArchiveFile=",
            "-Xlog:cds",
            "--enable-native-access=",
            "--sun-misc-unsafe-memory-access=");

    /** The first version that warns of what Netty and Akka do with memory. */
    private static final int NATIVE_ACCESS = 24;

    public Program {
        options = List.copyOf(options);
    }

    /** This very program. */
    public static Program current() {
        List<String> options = new ArrayList<>(NO_DUMPS);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
                .forEach(options::add);
        String home = System.getProperty("lethe.home");
        if (home != null) {
            options.add("-Dlethe.home=" + home);
        }
        return new Program(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                options,
                System.getProperty("java.class.path"));
    }

    /**
     * The same program on another Java.
     *
     * @param home as in JAVA_HOME
     * @throws IOException if there is none
     */
    Program on(Path home) throws IOException {
        List<String> others = new ArrayList<>(options);
        others.removeIf(option -> INHERITED.stream().anyMatch(option::startsWith));
        if (feature(home) >= NATIVE_ACCESS) {
            others.add("--enable-native-access=ALL-UNNAMED");
            others.add("--sun-misc-unsafe-memory-access=allow");
        }
        return new Program(home.resolve("bin").resolve("java"), others, classPath);
    }

    private static int feature(Path home) throws IOException {
        Properties release = new Properties();
        try (var lines = Files.newBufferedReader(home.resolve("release"))) {
            release.load(lines);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        try {
            return Runtime.Version.parse(version).feature();
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("there is no Java at " + home);
        }
    }

    /**
     * The words that start a command.
     *
     * @param javaOptions more options for its Java process
     * @param arguments of {@code lethe}
     */
    public List<String> command(List<String> javaOptions, List<String> arguments) {
        return Stream.of(List.of(java.toString()), options, javaOptions, List.of("-cp", classPath, MAIN), arguments)
                .flatMap(List::stream)
                .toList();
    }
}
